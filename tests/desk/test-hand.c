/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-engines.h"
#include "cs-test-desk.h"

/* How the seller writes, from the decision to the next draft */

static char *
dup_title (Fixture *self,
           gint64   product)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));
  CsItem *title = find_item (items, CS_FIELD_TITLE);

  g_assert_cmpuint (title->suggestions->len, >, 0);

  return g_strdup (((CsSuggestion *) title->suggestions->pdata[0])->text);
}

/* All that says the word is edited, so that it is left nowhere */
static void
take_out (Fixture    *self,
          gint64      product,
          const char *word)
{
  g_autoptr (GPtrArray) items = await_boxed (cs_desk_get_items (self->desk, product));
  CsItem       *title = find_item (items, CS_FIELD_TITLE);
  CsSuggestion *suggestion = title->suggestions->pdata[0];
  g_autoptr (GString) text = g_string_new (suggestion->text);

  g_assert_cmpuint (g_string_replace (text, word, "", 0), >, 0);
  await_ok (cs_desk_decide (self->desk, title, suggestion, CS_VERDICT_EDIT, text->str, "window"));
}

static gboolean
comes_to_say (Fixture    *self,
              gint64      product,
              const char *word,
              gboolean    said)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    {
      g_autofree char *title = dup_title (self, product);

      if ((strstr (title, word) != NULL) == said)
        return TRUE;
      dex_await (dex_timeout_new_msec (200), NULL);
    }

  return FALSE;
}

static void
test_learned (void)
{
  static const char *const notes[] = {
    "手工竹编果篮 ins风 直径28cm", "竹编茶席 ins风 30x180cm", "柳编面包篮 ins风 长40cm", "藤编花盆 ins风 直径22cm",
  };
  g_auto (Fixture) self = { 0 };
  gint64 products[G_N_ELEMENTS (notes)];
  CsEngines *engines;
  g_autoptr (CsHand) before = NULL;
  g_autoptr (CsHand) after = NULL;
  g_autoptr (CsHand) set = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autofree char *title = NULL;

  fixture_init (&self);
  engines = cs_desk_get_engines (self.desk);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *folder = g_strdup_printf ("p%u", i);

      products[i] = make_product_of (&self, folder, notes[i], 1);
    }

  before = await_boxed (cs_engines_get_hand (engines));
  g_assert_cmpuint (g_strv_length (before->never), ==, 0);
  for (guint i = 0; i < 3; i++)
    take_out (&self, products[i], " ins风");

  /* The one that waits is written without it, by itself */
  title = dup_title (&self, products[3]);
  g_assert_nonnull (strstr (title, "ins风"));
  g_assert_true (comes_to_say (&self, products[3], "ins风", FALSE));
  after = await_boxed (cs_engines_get_hand (engines));
  g_assert_cmpuint (g_strv_length (after->never), ==, 1);
  g_assert_true (cs_hand_is_learned (after, "never:ins风"));
  g_assert_cmpuint (after->examples->len, ==, 3);

  /* Taken back, it was no habit */
  undone = await_boxed (cs_desk_undo (self.desk, "window"));
  g_assert_cmpuint (undone->len, ==, 1);
  g_assert_true (comes_to_say (&self, products[3], "ins风", TRUE));
}

static void
test_set (void)
{
  g_auto (Fixture) self = { 0 };
  gint64 product;
  g_autoptr (CsHand) set = cs_hand_from_json ("{\"pinned\":[\"匠人手作\"],\"never\":[\"四川\"]}");
  g_autoptr (CsHand) kept = NULL;

  fixture_init (&self);
  product = make_product_of (&self, "basket", "手工竹编果篮 直径28cm 四川", 1);
  await_ok (cs_engines_set_hand (cs_desk_get_engines (self.desk), set));
  g_assert_true (comes_to_say (&self, product, "匠人手作", TRUE));
  g_assert_true (comes_to_say (&self, product, "四川", FALSE));

  fixture_close (&self);
  fixture_open (&self);
  kept = await_boxed (cs_engines_get_hand (cs_desk_get_engines (self.desk)));
  g_assert_cmpstr (kept->pinned[0], ==, "匠人手作");
  g_assert_cmpstr (kept->never[0], ==, "四川");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  cs_test_add_fiber ("/hand/learned", test_learned);
  cs_test_add_fiber ("/hand/set", test_set);

  return g_test_run ();
}
