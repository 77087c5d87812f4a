/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "cs-check.h"
#include "cs-hand-learn.h"
#include "cs-hand-replay.h"
#include "cs-json.h"

static void
print_weeks (const char *name,
             const char *how,
             CsHandWeek       *weeks)
{
  for (guint i = 0; i < CS_HAND_WEEKS; i++)
    g_test_message ("%s, %s, week %u: %.2f words edited for each of %u suggestions, %.0f %% accepted untouched",
                    name, how, i + 1, cs_hand_replay_get_edits (&weeks[i]), weeks[i].n, cs_hand_replay_get_untouched (&weeks[i]) * 100);
}

static void
test_month (void)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("CS_TEST_DATA"), "hand", "month.json", NULL);
  JsonArray *sellers = cs_json_array (cs_hand_replay_load (path, &root), "sellers");

  g_assert_cmpuint (json_array_get_length (sellers), >=, 2);
  for (guint i = 0; i < json_array_get_length (sellers); i++)
    {
      JsonObject *seller = cs_json_array_object (sellers, i);
      const char *name = cs_json_string (seller, "name", NULL);
      CsHandWeek        off[CS_HAND_WEEKS];
      CsHandWeek        learned[CS_HAND_WEEKS];
      CsHandWeek        pinned[CS_HAND_WEEKS];

      cs_hand_replay_run (seller, FALSE, FALSE, off);
      cs_hand_replay_run (seller, TRUE, FALSE, learned);
      cs_hand_replay_run (seller, TRUE, TRUE, pinned);
      print_weeks (name, "hand off", off);
      print_weeks (name, "learned only", learned);
      print_weeks (name, "learned, and pinned what was offered", pinned);

      /* The same work every week without it */
      g_assert_cmpfloat (cs_hand_replay_get_edits (&off[CS_HAND_WEEKS - 1]), >=, cs_hand_replay_get_edits (&off[0]) * 0.8);
      /* Learned alone: what the seller adds from the second week on is theirs to pin */
      g_assert_cmpfloat (cs_hand_replay_get_edits (&learned[CS_HAND_WEEKS - 1]), <=, cs_hand_replay_get_edits (&learned[0]) * 0.85);
      g_assert_cmpfloat (cs_hand_replay_get_edits (&learned[CS_HAND_WEEKS - 1]), <=, cs_hand_replay_get_edits (&off[CS_HAND_WEEKS - 1]) * 0.65);
      /* With it, a quarter of what the first week took, and of what it takes without */
      g_assert_cmpfloat (cs_hand_replay_get_edits (&pinned[CS_HAND_WEEKS - 1]), <=, cs_hand_replay_get_edits (&pinned[0]) * 0.25);
      g_assert_cmpfloat (cs_hand_replay_get_edits (&pinned[CS_HAND_WEEKS - 1]), <=, cs_hand_replay_get_edits (&off[CS_HAND_WEEKS - 1]) * 0.25);
      g_assert_cmpfloat (cs_hand_replay_get_untouched (&pinned[CS_HAND_WEEKS - 1]), >=, cs_hand_replay_get_untouched (&pinned[0]) + 0.3);
    }
}

/* What is learned, and what is not */

static GPtrArray *
make_lessons (const char *const *texts)
{
  GPtrArray *lessons = cs_hand_replay_new_lessons ();

  for (guint i = 0; texts[i] != NULL; i += 2)
    cs_hand_replay_add_lesson (lessons, i + 1, CS_FIELD_TITLE, texts[i], *texts[i + 1] != '\0' ? texts[i + 1] : NULL);

  return lessons;
}

static gboolean
has_word (char      **list,
          const char *word)
{
  return g_strv_contains ((const char *const *) list, word);
}

static void
test_taken_out (void)
{
  const char *const often[] = {
    "Blue wool hat, luxury gift", "Blue wool hat, gift",
    "Red wool scarf, luxury gift", "Red wool scarf, gift",
    "Grey wool vest, luxury gift", "Grey wool vest, gift",
    NULL
  };
  const char *const twice[] = {
    "Blue wool hat, luxury gift", "Blue wool hat, gift",
    "Red wool scarf, luxury gift", "Red wool scarf, gift",
    NULL
  };
  const char *const kept_once[] = {
    "Blue wool hat, luxury gift", "Blue wool hat, gift",
    "Red wool scarf, luxury gift", "Red wool scarf, gift",
    "Green wool throw, luxury gift", "Green wool throw, luxury gift",
    "Grey wool vest, luxury gift", "Grey wool vest, gift",
    NULL
  };
  const char *const rejected[] = {
    "Blue wool hat, luxury gift", "",
    "Red wool scarf, luxury gift", "",
    "Grey wool vest, luxury gift", "",
    NULL
  };
  const char *const anew[] = {
    "Luxury warm gift for everybody you love", "Blue wool hat, hand knitted",
    "Luxury cosy gift for everybody you love", "Red wool scarf, hand woven",
    "Luxury soft gift for everybody you love", "Grey wool vest, size M",
    NULL
  };
  const char *const facts[] = {
    "Blue wool hat", "Wool hat",
    "Blue wool scarf", "Wool scarf",
    "Blue wool vest", "Wool vest",
    NULL
  };
  const char *const han[] = {
    "青瓷茶杯 高端 容量120ml", "青瓷茶杯 容量120ml",
    "竹编果篮 高端 直径28cm", "竹编果篮 直径28cm",
    "棉麻桌布 高端 蓝色", "棉麻桌布 蓝色",
    NULL
  };
  const char *const labels[] = {
    "适合：女\n材质：棉麻", "适用：女\n材质：棉麻",
    "适合：男\n材质：羊毛", "适用：男\n材质：羊毛",
    "适合：儿童\n材质：纯棉", "适用：儿童\n材质：纯棉",
    NULL
  };
  const struct
  {
    const char *const *texts;
    const char        *word; /* or NULL: nothing */
  } cases[] = {
    { often, "luxury" }, { twice, NULL }, { kept_once, NULL }, { rejected, NULL },
    { anew, NULL }, { facts, NULL }, { han, "高端" }, { labels, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) lessons = make_lessons (cases[i].texts);
      g_autoptr (CsHand) hand = cs_hand_learn (lessons, NULL);

      g_test_message ("case %u: %s", i, hand->never[0]);
      g_assert_cmpuint (g_strv_length (hand->never), ==, cases[i].word != NULL ? 1 : 0);
      if (cases[i].word != NULL)
        {
          g_autofree char *mark = cs_hand_dup_mark ("never", cases[i].word);

          g_assert_cmpstr (hand->never[0], ==, cases[i].word);
          g_assert_true (cs_hand_is_learned (hand, mark));
        }
    }
}

/* The same product edited three times is one edit */
static void
test_one_product (void)
{
  g_autoptr (GPtrArray) lessons = cs_hand_replay_new_lessons ();
  g_autoptr (CsHand) hand = NULL;

  for (guint i = 0; i < 5; i++)
    cs_hand_replay_add_lesson (lessons, 7, CS_FIELD_TITLE, "Blue wool hat, luxury gift", "Blue wool hat, gift");
  hand = cs_hand_learn (lessons, NULL);
  g_assert_cmpuint (g_strv_length (hand->never), ==, 0);
}

/* What the seller set stands above what is learned */
static void
test_set (void)
{
  const char *const texts[] = {
    "Blue wool hat, luxury gift", "Blue wool hat, gift",
    "Red wool scarf, luxury gift", "Red wool scarf, gift",
    "Grey wool vest, luxury gift", "Grey wool vest, gift",
    NULL
  };
  g_autoptr (GPtrArray) lessons = make_lessons (texts);
  g_autoptr (CsHand) unlearned = cs_hand_from_json ("{\"unlearned\":[\"never:luxury\"]}");
  g_autoptr (CsHand) pinned = cs_hand_from_json ("{\"pinned\":[\"Luxury\"],\"never\":[\"cheap\"],\"order\":[\"size\"]}");
  g_autoptr (CsHand) stopped = cs_hand_from_json ("{\"learning-off\":true,\"never\":[\"old\"],\"learned\":[\"never:old\"]}");
  g_autoptr (CsHand) old = cs_hand_from_json ("{\"never\":[\"old\",\"cheap\"],\"learned\":[\"never:old\"]}");
  g_autoptr (CsHand) a = cs_hand_learn (lessons, unlearned);
  g_autoptr (CsHand) b = cs_hand_learn (lessons, pinned);
  g_autoptr (CsHand) c = cs_hand_learn (lessons, stopped);
  g_autoptr (CsHand) d = cs_hand_learn (lessons, old);
  g_autoptr (CsHand) e = cs_hand_learn (lessons, d);
  g_autofree char *once = cs_hand_to_json (d);
  g_autofree char *twice = cs_hand_to_json (e);

  g_assert_cmpuint (g_strv_length (a->never), ==, 0);
  g_assert_true (cs_hand_is_unlearned (a, "never:luxury"));
  g_assert_cmpuint (g_strv_length (b->never), ==, 1);
  g_assert_cmpstr (b->never[0], ==, "cheap");
  g_assert_cmpstr (b->order[0], ==, "size");
  g_assert_false (cs_hand_is_learned (b, "order"));

  /* Nothing more is learned, what was stays, and examples are not gone by */
  g_assert_cmpuint (g_strv_length (c->never), ==, 1);
  g_assert_cmpstr (c->never[0], ==, "old");
  g_assert_null (c->examples);

  /* What was learned once, and is not any more, goes; and learning from it again changes nothing */
  g_assert_false (has_word (d->never, "old"));
  g_assert_true (has_word (d->never, "cheap"));
  g_assert_true (has_word (d->never, "luxury"));
  g_assert_cmpstr (once, ==, twice);
}

static void
test_order (void)
{
  const char *const brought[] = {
    "Wool hat, blue, size M", "Blue wool hat, size M",
    "Wool scarf, red, 180 x 30 cm", "Red wool scarf, 180 x 30 cm",
    "Cotton apron, green, one size", "Green cotton apron, one size",
    NULL
  };
  const char *const undecided[] = {
    "Wool hat, blue, size M", "Blue wool hat, size M",
    "Red wool scarf, 180 x 30 cm", "Wool scarf, red, 180 x 30 cm",
    "Cotton apron, green, one size", "Green cotton apron, one size",
    "Blue linen shirt, size L", "Linen shirt, blue, size L",
    "Cotton bag, black, 38 x 42 cm", "Black cotton bag, 38 x 42 cm",
    NULL
  };
  const char *const accepted[] = {
    "Blue wool hat, size M", "Blue wool hat, size M",
    "Red wool scarf, 180 x 30 cm", "Red wool scarf, 180 x 30 cm",
    "Green cotton apron, one size", "Green cotton apron, one size",
    NULL
  };
  g_autoptr (GPtrArray) a = make_lessons (brought);
  g_autoptr (GPtrArray) b = make_lessons (undecided);
  g_autoptr (GPtrArray) c = make_lessons (accepted);
  g_autoptr (CsHand) learned = cs_hand_learn (a, NULL);
  g_autoptr (CsHand) torn = cs_hand_learn (b, NULL);
  g_autoptr (CsHand) content = cs_hand_learn (c, NULL);
  g_autoptr (CsHand) out = cs_hand_from_json ("{\"unlearned\":[\"order\"]}");
  g_autoptr (CsHand) still_out = cs_hand_learn (a, out);

  g_assert_true (cs_hand_is_learned (learned, "order"));
  g_assert_cmpstr (learned->order[0], ==, "colour");
  g_assert_cmpuint (g_strv_length (torn->order), ==, 0);
  g_assert_cmpuint (g_strv_length (content->order), ==, 0);
  g_assert_cmpuint (g_strv_length (still_out->order), ==, 0);
}

static void
test_examples (void)
{
  const char *const texts[] = {
    "Blue wool hat", "Blue wool hat",
    "Bamboo basket", "Bamboo fruit basket, 28 cm",
    "Best basket", "",
    "Red wool scarf", "Wool scarf, red",
    "竹编果篮", "手工竹编果篮",
    NULL
  };
  g_autoptr (GPtrArray) lessons = make_lessons (texts);
  g_autoptr (CsHand) hand = cs_hand_learn (lessons, NULL);
  g_autoptr (GPtrArray) baskets = cs_hand_pick_examples (hand, CS_FIELD_TITLE, "en", "oak basket", 2);
  g_autoptr (GPtrArray) scarves = cs_hand_pick_examples (hand, CS_FIELD_TITLE, "en", NULL, 1);
  g_autoptr (GPtrArray) han = cs_hand_pick_examples (hand, CS_FIELD_TITLE, "zh", "果篮", 5);
  g_autoptr (GPtrArray) other = cs_hand_pick_examples (hand, CS_FIELD_BULLETS, "en", "basket", 5);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_cmpuint (hand->examples->len, ==, 4);
  g_assert_cmpuint (baskets->len, ==, 2);
  g_assert_cmpstr (((CsLesson *) baskets->pdata[0])->decided, ==, "Bamboo fruit basket, 28 cm");
  g_assert_cmpstr (((CsLesson *) baskets->pdata[1])->decided, ==, "Wool scarf, red");
  g_assert_cmpstr (((CsLesson *) scarves->pdata[0])->decided, ==, "Wool scarf, red");
  g_assert_cmpuint (han->len, ==, 1);
  g_assert_cmpuint (other->len, ==, 0);

  hand->off = TRUE;
  none = cs_hand_pick_examples (hand, CS_FIELD_TITLE, "en", "basket", 5);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Any texts at all: no more work than can be waited for, and nothing breaks */
static void
test_many (void)
{
  static const char *const odd[] = { "", "\n", "😀😀", "\xe2\x80\xae", "，，，", "a", "的" };
  g_autoptr (GPtrArray) lessons = g_ptr_array_new_full (100000, (GDestroyNotify) cs_lesson_unref);
  g_autoptr (CsHand) hand = NULL;
  gint64 begun;
  gint64 taken;

  for (guint i = 0; i < 100000; i++)
    {
      CsLesson *lesson = cs_lesson_new ();

      lesson->product = i / 5;
      lesson->field = i % 5 == 0 ? CS_FIELD_TITLE : CS_FIELD_BULLETS;
      lesson->language = g_strdup (i % 2 ? "zh" : "en");
      if (i % 50 == 1)
        {
          lesson->suggested = g_strdup (odd[i / 50 % G_N_ELEMENTS (odd)]);
          lesson->decided = g_strdup (odd[i / 100 % G_N_ELEMENTS (odd)]);
        }
      else if (i % 2)
        {
          lesson->suggested = g_strdup_printf ("手工竹编果篮 高端 直径%ucm 四川 送礼 第%u款", i % 90, i);
          lesson->decided = g_strdup_printf ("手工竹编果篮 直径%ucm 四川 送礼 第%u款", i % 90, i);
        }
      else
        {
          lesson->suggested = g_strdup_printf ("Bamboo basket, luxury gift, %u cm, word%u", i % 90, i);
          lesson->decided = g_strdup_printf ("Bamboo basket, gift, %u cm", i % 90);
        }
      g_ptr_array_add (lessons, lesson);
    }

  begun = g_get_monotonic_time ();
  hand = cs_hand_learn (lessons, NULL);
  taken = g_get_monotonic_time () - begun;
  g_test_message ("learned from 100,000 decisions in %.2f s", taken / 1e6);
  g_assert_true (has_word (hand->never, "高端"));
  g_assert_true (has_word (hand->never, "luxury"));
  g_assert_cmpuint (g_strv_length (hand->never), <=, 40);
  g_assert_cmpuint (hand->examples->len, <=, 200);
}

/* What the engine makes of it */

static GPtrArray *
suggest_with (const CsSample *sample,
              const char     *json)
{
  g_autoptr (CsEngine) engine = cs_text_engine_new ();
  g_autoptr (CsEngineRequest) request = cs_sample_request (sample);
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions;

  request->hand = json != NULL ? cs_hand_from_json (json) : NULL;
  suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error);
  g_assert_no_error (error);
  check_all (suggestions);

  return suggestions;
}

static gboolean
has_remark (CsSuggestion *suggestion,
            const char   *part)
{
  for (guint i = 0; suggestion->remarks[i] != NULL; i++)
    {
      if (strstr (suggestion->remarks[i], part) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
test_never_said (void)
{
  const CsSample basket = {
    .note = "手工竹编果篮 家用 高端 直径28cm 四川。这款高端果篮很结实。用了十年也不坏。",
    .description = "高端竹篮。结实耐用。",
    .photos = { "IMG_1.jpg" },
  };
  const CsSample noun = { .note = "Luxury gift box, 20 cm" };
  g_autoptr (GPtrArray) suggestions = suggest_with (&basket, "{\"never\":[\"家用\",\"高端\"]}");
  g_autoptr (GPtrArray) named = suggest_with (&noun, "{\"never\":[\"gift box\",\"luxury\"]}");

  for (guint i = 0; i < suggestions->len; i++)
    {
      CsSuggestion *suggestion = suggestions->pdata[i];

      g_assert_null (strstr (suggestion->text, "家用"));
      g_assert_null (strstr (suggestion->text, "高端"));
    }

  g_assert_true (has_remark (find (suggestions, CS_FIELD_TITLE, 1), "家用"));
  g_assert_true (has_remark (find (suggestions, CS_FIELD_DESCRIPTION, 1), "高端"));
  g_assert_nonnull (strstr (find (suggestions, CS_FIELD_DESCRIPTION, 1)->text, "结实耐用"));

  /* Without the word for it there would be nothing to say */
  g_assert_nonnull (strstr (find (named, CS_FIELD_TITLE, 1)->text, "Gift Box"));
}

static void
test_pinned_stand (void)
{
  const CsSample basket = { .note = "手工竹编果篮 直径28cm 四川", .brand = "青禾" };
  const CsSample wide = {
    .note = "Hand knitted merino wool cardigan with wooden buttons and deep pockets, women, dark grey, sizes S-XXL, "
            "machine washable, warm, for winter, from Scotland",
  };
  g_autoptr (GPtrArray) last = suggest_with (&basket, "{\"pinned\":[\"匠人手作\",\"Made in Vermont\"]}");
  g_autoptr (GPtrArray) first = suggest_with (&basket, "{\"pinned\":[\"青禾手作\"],\"order\":[\"pinned\",\"product\"]}");
  g_autoptr (GPtrArray) narrow = suggest_with (&wide, "{\"pinned\":[\"by Ann, Vermont\",\"匠人\"]}");
  g_autoptr (GPtrArray) much = suggest_with (&basket, "{\"pinned\":[\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\"]}");
  g_autoptr (GPtrArray) said = suggest_with (&basket, "{\"pinned\":[\"竹编\"]}");
  CsSuggestion *title = find (last, CS_FIELD_TITLE, 1);
  CsFact       *fact = NULL;

  g_assert_true (g_str_has_suffix (title->text, " 匠人手作"));
  for (guint i = 0; i < title->evidence->facts->len; i++)
    {
      CsFact *other = title->evidence->facts->pdata[i];

      fact = other->kind == CS_FACT_HAND ? other : fact;
    }
  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->text, ==, "匠人手作");
  g_assert_cmpstr (fact->where, ==, "Words that must stand");

  /* It says the brand, which need not stand beside it */
  g_assert_cmpstr (find (first, CS_FIELD_TITLE, 1)->text, ==, "青禾手作 手工竹编果篮 直径28cm 四川");
  for (guint i = 0; i < narrow->len; i++)
    {
      CsSuggestion *suggestion = narrow->pdata[i];

      if (suggestion->field == CS_FIELD_TITLE)
        g_assert_nonnull (strstr (suggestion->text, "by Ann, Vermont"));
      g_assert_null (strstr (suggestion->text, "匠人"));
    }

  g_assert_null (strstr (find (much, CS_FIELD_TITLE, 1)->text, "一二三"));
  g_assert_true (has_remark (find (much, CS_FIELD_TITLE, 1), "一二三"));
  g_assert_cmpstr (find (said, CS_FIELD_TITLE, 1)->text, ==, "青禾 手工竹编果篮 直径28cm 四川");
}

static void
test_order_followed (void)
{
  const CsSample shirt = { .note = "Linen shirt, men, white, sizes S-XL", .brand = "Maple" };
  const CsSample colours = { .note = "Linen shirt, men, white, black, sizes S-XL" };
  const CsSample basket = { .note = "手工竹编果篮 直径28cm 四川", .brand = "青禾" };
  g_autoptr (GPtrArray) a = suggest_with (&shirt, "{\"order\":[\"colour\",\"product\",\"size\",\"audience\",\"brand\"]}");
  g_autoptr (GPtrArray) b = suggest_with (&colours, "{\"order\":[\"colour\",\"product\",\"size\"]}");
  g_autoptr (GPtrArray) c = suggest_with (&basket, "{\"order\":[\"brand\",\"place\",\"product\",\"size\",\"craft\"]}");
  g_autoptr (GPtrArray) d = suggest_with (&basket, "{\"order\":[\"size\",\"product\"],\"off\":true}");

  g_assert_cmpstr (find (a, CS_FIELD_TITLE, 1)->text, ==, "White Linen Shirt, Sizes S-XL, Men, Maple");
  /* One of several colours does not stand for all */
  g_assert_cmpstr (find (b, CS_FIELD_TITLE, 1)->text, ==, "Linen Shirt, White, Black, Sizes S-XL, Men");
  g_assert_cmpstr (find (c, CS_FIELD_TITLE, 1)->text, ==, "青禾 四川竹编果篮 直径28cm 手工");
  g_assert_cmpstr (find (d, CS_FIELD_TITLE, 1)->text, ==, "青禾 手工竹编果篮 直径28cm 四川");
}

static char *
dup_input_with (const char *json)
{
  const CsSample basket = { .note = "手工竹编果篮 直径28cm 四川", .brand = "青禾" };
  g_autoptr (CsEngine) engine = cs_text_engine_new ();
  g_autoptr (CsEngineRequest) request = cs_sample_request (&basket);

  request->hand = json != NULL ? cs_hand_from_json (json) : NULL;

  return cs_engine_dup_input (engine, request);
}

/* Drafts are made anew where something would be written differently, and only there */
static void
test_input (void)
{
  g_autofree char *none = dup_input_with (NULL);
  g_autofree char *empty = dup_input_with ("{}");
  g_autofree char *tone = dup_input_with ("{\"tone\":\"plain\",\"learned\":[\"offer:x\"],\"unlearned\":[\"order\"]}");
  g_autofree char *off = dup_input_with ("{\"off\":true,\"never\":[\"x\"],\"pinned\":[\"y\"],\"order\":[\"size\"]}");
  const char *const others[] = { "{\"never\":[\"x\"]}", "{\"pinned\":[\"x\"]}", "{\"never\":[\"xy\"]}",
                                 "{\"never\":[\"x\",\"y\"]}", "{\"order\":[\"size\"]}", "{\"order\":[\"size\",\"brand\"]}" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (none, ==, empty);
  g_assert_cmpstr (none, ==, tone);
  g_assert_cmpstr (none, ==, off);
  g_hash_table_add (seen, g_strdup (none));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_true (g_hash_table_add (seen, dup_input_with (others[i])));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  cs_test_add_fiber ("/hand/month", test_month);
  g_test_add_func ("/hand/taken-out", test_taken_out);
  g_test_add_func ("/hand/one-product", test_one_product);
  g_test_add_func ("/hand/set", test_set);
  g_test_add_func ("/hand/order", test_order);
  g_test_add_func ("/hand/examples", test_examples);
  g_test_add_func ("/hand/many", test_many);
  cs_test_add_fiber ("/hand/never-said", test_never_said);
  cs_test_add_fiber ("/hand/pinned-stand", test_pinned_stand);
  cs_test_add_fiber ("/hand/order-followed", test_order_followed);
  g_test_add_func ("/hand/input", test_input);

  return g_test_run ();
}
