/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "cs-check.h"
#include "cs-diff.h"
#include "cs-hand-learn.h"
#include "cs-json.h"

/* A month of two sellers is replayed day by day: the engine drafts with the hand
 * that it has learned so far, the seller makes of it what they wanted (the file
 * says what, and was written before anything that learns), and that becomes a
 * lesson for the days that follow.
 */

#define WEEKS 4

typedef struct
{
  guint n;
  guint n_untouched;
  guint n_edits; /* words taken out or put in */
} Week;

static GPtrArray *
new_lessons (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
}

/* Newest first, as they come from the store */
static void
add_lesson (GPtrArray  *lessons,
            gint64      product,
            CsField     field,
            const char *suggested,
            const char *decided)
{
  CsLesson   *lesson = cs_lesson_new ();
  const char *text = decided != NULL ? decided : suggested;

  lesson->product = product;
  lesson->field = field;
  lesson->suggested = g_strdup (suggested);
  lesson->decided = g_strdup (decided);
  lesson->language = g_strdup (cs_text_script (text) == CS_SCRIPT_HAN ? "zh" : "en");
  lesson->made_at = product;
  g_ptr_array_insert (lessons, 0, lesson);
}

static guint
count_words (const char *text,
             guint       start,
             guint       end)
{
  g_autofree char *slice = g_strndup (text + start, end - start);
  g_autoptr (GArray) words = cs_text_words (slice);

  return words->len;
}

static guint
count_edits (const char *before,
             const char *after)
{
  g_autoptr (GArray) runs = cs_diff_words (before, after);
  guint n = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      CsDiffRun *run = &g_array_index (runs, CsDiffRun, i);

      if (run->kind != CS_DIFF_SAME)
        n += count_words (run->kind == CS_DIFF_REMOVED ? before : after, run->start, run->end);
    }

  return n;
}

static JsonObject *
load_month (JsonNode **root)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("CS_TEST_DATA"), "hand", "month.json", NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  *root = cs_json_parse (text, length, &error);
  g_assert_no_error (error);

  return cs_json_node_object (*root);
}

static GPtrArray *
draft (JsonObject *product,
       const char *brand,
       CsHand     *hand)
{
  const CsSample sample = {
    .note = cs_json_string (product, "note", NULL),
    .material = cs_json_string (product, "material", NULL),
    .brand = brand,
  };
  g_autoptr (CsEngine) engine = cs_text_engine_new ();
  g_autoptr (CsEngineRequest) request = cs_sample_request (&sample);
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions;

  request->hand = hand != NULL ? cs_hand_ref (hand) : NULL;
  suggestions = dex_await_boxed (cs_engine_suggest (engine, request, NULL), &error);
  g_assert_no_error (error);
  check_all (suggestions);

  return suggestions;
}

static void
decide (GPtrArray  *suggestions,
        CsField     field,
        const char *wish,
        gint64      id,
        const char *brand,
        GPtrArray  *lessons,
        Week       *week)
{
  CsSuggestion *suggestion = find (suggestions, field, 1);
  guint         n = count_edits (suggestion->text, wish);

  week->n++;
  week->n_edits += n;
  week->n_untouched += strcmp (suggestion->text, wish) == 0;
  add_lesson (lessons, id, field, suggestion->text, wish);
  g_set_str (&((CsLesson *) lessons->pdata[0])->brand, brand);
  if (g_test_verbose () && n > 0)
    g_test_message ("%" G_GINT64_FORMAT ": %u\n  %s\n  %s", id, n, suggestion->text, wish);
}

static char *
join_lines (JsonArray *array)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", cs_json_array_string (array, i));

  return g_strdup (lines->str);
}

/* On the day that the file says the seller looks at what is offered and pins it */
static void
look_at_offers (JsonObject *seller,
                gint64      day,
                CsHand     *hand,
                CsHand    **set)
{
  JsonArray *pins = cs_json_array (seller, "pins");

  for (guint i = 0; i < json_array_get_length (pins); i++)
    {
      JsonObject      *pin = cs_json_array_object (pins, i);
      const char      *word = cs_json_string (pin, "word", NULL);
      g_autofree char *mark = cs_hand_dup_mark ("offer", word);

      if (cs_json_int (pin, "day", 0) != day || (*set != NULL && g_strv_contains ((const char *const *) (*set)->pinned, word)))
        continue;

      g_assert_true (cs_hand_is_learned (hand, mark));
      g_clear_pointer (set, cs_hand_unref);
      *set = cs_hand_copy (hand);
      g_strfreev ((*set)->pinned);
      (*set)->pinned = g_strsplit (word, "\n", -1);
    }
}

static void
tell (CsHand *hand)
{
  g_autofree char *json = hand != NULL ? cs_hand_to_json (hand) : NULL;

  if (json != NULL)
    g_test_message ("learned: %s", json);
}

static void
replay (JsonObject *seller,
        gboolean    on,
        gboolean    pins,
        Week       *weeks)
{
  g_autoptr (GPtrArray) lessons = new_lessons ();
  g_autoptr (CsHand) hand = NULL;
  g_autoptr (CsHand) set = NULL;
  JsonArray  *products = cs_json_array (seller, "products");
  const char *brand = cs_json_string (seller, "brand", NULL);
  gint64      today = 0;

  memset (weeks, 0, WEEKS * sizeof *weeks);
  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject      *product = cs_json_array_object (products, i);
      gint64           day = cs_json_int (product, "day", 0);
      Week            *week = &weeks[MIN ((day - 1) / 7, WEEKS - 1)];
      g_autofree char *bullets = join_lines (cs_json_array (product, "bullets"));
      g_autoptr (GPtrArray) suggestions = NULL;

      if (on && day != today)
        {
          g_clear_pointer (&hand, cs_hand_unref);
          hand = cs_hand_learn (lessons, set);
          if (pins)
            look_at_offers (seller, day, hand, &set);
        }
      today = day;

      suggestions = draft (product, brand, hand);
      decide (suggestions, CS_FIELD_TITLE, cs_json_string (product, "title", NULL), i + 1, brand, lessons, week);
      decide (suggestions, CS_FIELD_BULLETS, bullets, i + 1, brand, lessons, week);
    }

  tell (hand);
}

static double
get_edits (Week *week)
{
  return week->n_edits / (double) week->n;
}

static double
get_untouched (Week *week)
{
  return week->n_untouched / (double) week->n;
}

static void
print_weeks (const char *name,
             const char *how,
             Week       *weeks)
{
  for (guint i = 0; i < WEEKS; i++)
    g_test_message ("%s, %s, week %u: %.2f words edited for each of %u suggestions, %.0f %% accepted untouched",
                    name, how, i + 1, get_edits (&weeks[i]), weeks[i].n, get_untouched (&weeks[i]) * 100);
}

static void
test_month (void)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *sellers = cs_json_array (load_month (&root), "sellers");

  g_assert_cmpuint (json_array_get_length (sellers), >=, 2);
  for (guint i = 0; i < json_array_get_length (sellers); i++)
    {
      JsonObject *seller = cs_json_array_object (sellers, i);
      const char *name = cs_json_string (seller, "name", NULL);
      Week        off[WEEKS];
      Week        learned[WEEKS];
      Week        pinned[WEEKS];

      replay (seller, FALSE, FALSE, off);
      replay (seller, TRUE, FALSE, learned);
      replay (seller, TRUE, TRUE, pinned);
      print_weeks (name, "hand off", off);
      print_weeks (name, "learned only", learned);
      print_weeks (name, "learned, and pinned what was offered", pinned);

      /* The same work every week without it */
      g_assert_cmpfloat (get_edits (&off[WEEKS - 1]), >=, get_edits (&off[0]) * 0.8);
      /* Learned alone: what the seller adds from the second week on is theirs to pin */
      g_assert_cmpfloat (get_edits (&learned[WEEKS - 1]), <=, get_edits (&learned[0]) * 0.85);
      g_assert_cmpfloat (get_edits (&learned[WEEKS - 1]), <=, get_edits (&off[WEEKS - 1]) * 0.65);
      /* With it, a quarter of what the first week took, and of what it takes without */
      g_assert_cmpfloat (get_edits (&pinned[WEEKS - 1]), <=, get_edits (&pinned[0]) * 0.25);
      g_assert_cmpfloat (get_edits (&pinned[WEEKS - 1]), <=, get_edits (&off[WEEKS - 1]) * 0.25);
      g_assert_cmpfloat (get_untouched (&pinned[WEEKS - 1]), >=, get_untouched (&pinned[0]) + 0.3);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  cs_test_add_fiber ("/hand/month", test_month);

  return g_test_run ();
}
