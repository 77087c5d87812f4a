/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-check.h"
#include "cs-diff.h"
#include "cs-hand-learn.h"
#include "cs-hand-replay.h"
#include "cs-json.h"

GPtrArray *
cs_hand_replay_new_lessons (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cs_lesson_unref);
}

/* Newest first, as they come from the store */
void
cs_hand_replay_add_lesson (GPtrArray  *lessons,
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

JsonObject *
cs_hand_replay_load (const char *path,
                     JsonNode  **root)
{
  g_autoptr (GError) error = NULL;
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
        CsHandWeek       *week)
{
  CsSuggestion *suggestion = find (suggestions, field, 1);
  guint         n = count_edits (suggestion->text, wish);

  week->n++;
  week->n_edits += n;
  week->n_untouched += strcmp (suggestion->text, wish) == 0;
  cs_hand_replay_add_lesson (lessons, id, field, suggestion->text, wish);
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

  if (json != NULL && g_test_verbose ())
    g_test_message ("learned: %s", json);
}

void
cs_hand_replay_run (JsonObject *seller,
                    gboolean    on,
                    gboolean    pins,
                    CsHandWeek *weeks)
{
  g_autoptr (GPtrArray) lessons = cs_hand_replay_new_lessons ();
  g_autoptr (CsHand) hand = NULL;
  g_autoptr (CsHand) set = NULL;
  JsonArray  *products = cs_json_array (seller, "products");
  const char *brand = cs_json_string (seller, "brand", NULL);
  gint64      today = 0;

  memset (weeks, 0, CS_HAND_WEEKS * sizeof *weeks);
  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject      *product = cs_json_array_object (products, i);
      gint64           day = cs_json_int (product, "day", 0);
      CsHandWeek            *week = &weeks[MIN ((day - 1) / 7, CS_HAND_WEEKS - 1)];
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

double
cs_hand_replay_get_edits (CsHandWeek *week)
{
  return week->n_edits / (double) week->n;
}

double
cs_hand_replay_get_untouched (CsHandWeek *week)
{
  return week->n_untouched / (double) week->n;
}
