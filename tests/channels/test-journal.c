/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-journal.h"
#include "cs-json.h"

static void
add (GPtrArray  *steps,
     const char *name,
     const char *outcome,
     const char *detail)
{
  CsOutboxStep *step = cs_outbox_step_new ();

  step->step = g_strdup (name);
  step->outcome = g_strdup (outcome);
  step->detail = g_strdup (detail);
  g_ptr_array_add (steps, step);
}

static GPtrArray *
steps_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cs_outbox_step_unref);
}

static void
test_done (void)
{
  g_autoptr (GPtrArray) steps = steps_new ();
  g_autoptr (CsJournal) journal = NULL;

  add (steps, "picture.0", "later", NULL);
  add (steps, "picture.0", "done", "{\"picture\":\"p\"}");
  add (steps, "create", "done", "{\"remote_id\":\"7\",\"version\":\"1\"}");
  add (steps, "publish", "done", "{\"version\":\"2\"}");
  journal = cs_journal_new (steps);
  g_assert_true (cs_journal_is_done (journal, "picture.0"));
  g_assert_cmpstr (cs_json_string (cs_journal_get_detail (journal, "picture.0"), "picture", NULL), ==, "p");
  g_assert_cmpstr (cs_journal_get_remote_id (journal), ==, "7");
  g_assert_cmpstr (cs_journal_get_version (journal), ==, "2");
  g_assert_null (cs_journal_get_open (journal));
}

static void
test_open (void)
{
  const struct
  {
    const char *outcome;
    gboolean    open;
  } cases[] = {
    { NULL, TRUE },
    { "unknown", TRUE },
    { "later", FALSE },
    { "refused", FALSE },
    { "done", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) steps = steps_new ();
      g_autoptr (CsJournal) journal = NULL;

      add (steps, "create", cases[i].outcome, NULL);
      journal = cs_journal_new (steps);
      g_assert_cmpstr (cs_journal_get_open (journal), ==, cases[i].open ? "create" : NULL);
    }
}

/* Only a look-up closes what nobody saw the end of */
static void
test_look_up (void)
{
  const struct
  {
    const char *outcome;
    gboolean    open;
    gboolean    done;
  } cases[] = {
    { NULL, TRUE, FALSE },
    { "unknown", TRUE, FALSE },
    { "too-early", TRUE, FALSE },
    { "not-found", FALSE, FALSE },
    { "found", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) steps = steps_new ();
      g_autoptr (CsJournal) journal = NULL;

      add (steps, "create", "unknown", NULL);
      add (steps, "look-up", cases[i].outcome, "{\"remote_id\":\"9\"}");
      journal = cs_journal_new (steps);
      g_assert_cmpstr (cs_journal_get_open (journal), ==, cases[i].open ? "create" : NULL);
      g_assert_cmpint (cs_journal_is_done (journal, "create"), ==, cases[i].done);
      g_assert_cmpstr (cs_journal_get_remote_id (journal), ==, cases[i].done ? "9" : NULL);
    }
}

/* What stands there already is read: it tells of any other step */
static void
test_read_before (void)
{
  const struct
  {
    const char *outcome;
    gboolean    open;
    gboolean    done;
  } cases[] = {
    { NULL, TRUE, FALSE },
    { "later", TRUE, FALSE },
    { "conflict", TRUE, FALSE },
    { "not-found", FALSE, FALSE },
    { "found", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) steps = steps_new ();
      g_autoptr (CsJournal) journal = NULL;

      add (steps, "read-before", "found", "{\"version\":\"1\"}");
      add (steps, "picture.0", "unknown", NULL);
      add (steps, "picture.0", "done", NULL);
      add (steps, "update", NULL, NULL);
      add (steps, "read-before", cases[i].outcome, "{\"version\":\"2\"}");
      journal = cs_journal_new (steps);
      g_assert_cmpstr (cs_journal_get_open (journal), ==, cases[i].open ? "update" : NULL);
      g_assert_cmpint (cs_journal_is_done (journal, "update"), ==, cases[i].done);
      g_assert_cmpstr (cs_journal_get_version (journal), ==, cases[i].done ? "2" : NULL);
    }
}

static void
test_nonsense (void)
{
  g_autoptr (GPtrArray) steps = steps_new ();
  g_autoptr (CsJournal) journal = NULL;

  add (steps, NULL, "done", NULL);
  add (steps, "create", "done", "[1");
  add (steps, "what", "ever", "7");
  journal = cs_journal_new (steps);
  g_assert_true (cs_journal_is_done (journal, "create"));
  g_assert_null (cs_journal_get_detail (journal, "create"));
  g_assert_null (cs_journal_get_remote_id (journal));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/journal/done", test_done);
  g_test_add_func ("/channels/journal/open", test_open);
  g_test_add_func ("/channels/journal/look-up", test_look_up);
  g_test_add_func ("/channels/journal/read-before", test_read_before);
  g_test_add_func ("/channels/journal/nonsense", test_nonsense);

  return g_test_run ();
}
