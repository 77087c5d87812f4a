/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "cs-chat-plain.h"
#include "cs-chat-prompt.h"
#include "cs-compose.h"
#include "cs-hand-learn.h"
#include "cs-prompts-data.h"
#include "cs-text.h"

/* What goes in at most: a product is not a book */
#define MOST_FACTS 150
#define MOST_UNITS 800
#define MOST_WORDS 40

typedef struct
{
  const char *name;
  char       *value; /* NULL: the line that asks for it is left out */
} Value;

char *
cs_chat_prompt_load (const char *language,
                     const char *name)
{
  g_autofree char *path = g_strdup_printf (CS_RESOURCE_PATH "/prompts/%s/%s.txt", language, name);
  g_autoptr (GBytes) bytes = NULL;

  cs_prompts_data_get_resource ();
  bytes = g_resources_lookup_data (path, 0, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
}

static const Value *
find_value (const Value *values,
            guint        n_values,
            const char  *at,
            gsize        length)
{
  for (guint i = 0; i < n_values; i++)
    if (strlen (values[i].name) == length && strncmp (values[i].name, at, length) == 0)
      return &values[i];

  return NULL;
}

/* FALSE where a value is missing. What is put in is not looked through again. */
static gboolean
fill_line (GString     *out,
           const char  *line,
           const Value *values,
           guint        n_values)
{
  while (*line != '\0')
    {
      const char  *close = *line == '{' ? strchr (line, '}') : NULL;
      const Value *value = close != NULL ? find_value (values, n_values, line + 1, close - line - 1) : NULL;

      if (value == NULL)
        {
          g_string_append_c (out, *line++);
          continue;
        }
      if (value->value == NULL)
        return FALSE;

      g_string_append (out, value->value);
      line = close + 1;
    }

  return TRUE;
}

/* A block is lines up to an empty one; of one that lost its lines the heading goes, too */
static void
fill_block (GString     *out,
            const char  *block,
            const Value *values,
            guint        n_values)
{
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  g_autoptr (GString) filled = g_string_new (NULL);
  guint n_kept = 0;
  guint n_lost = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      if (!fill_line (line, lines[i], values, n_values))
        {
          n_lost++;
          continue;
        }
      g_string_append_printf (filled, "%s%s", n_kept++ > 0 ? "\n" : "", g_strchomp (line->str));
    }

  if (filled->len > 0 && !(n_lost > 0 && n_kept == 1))
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n\n" : "", filled->str);
}

static char *
fill (const char  *language,
      const char  *name,
      const Value *values,
      guint        n_values)
{
  g_autofree char *text = cs_chat_prompt_load (language, name);
  g_auto (GStrv) blocks = g_strsplit (g_strchomp (text), "\n\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; blocks[i] != NULL; i++)
    fill_block (out, blocks[i], values, n_values);

  return g_string_free_and_steal (out);
}

/* In quotation marks, on one line, so that it cannot end before its end */
static void
append_quoted (GString    *out,
               const char *text)
{
  g_autofree char *plain = cs_chat_plain (text, FALSE);
  g_autofree char *bounded = cs_text_ellipsize (plain, MOST_UNITS);

  g_string_append_c (out, '"');
  for (const char *p = bounded; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static char *
make_facts (CsEvidence *facts)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; facts->facts != NULL && i < MIN (facts->facts->len, MOST_FACTS); i++)
    {
      CsFact          *fact = facts->facts->pdata[i];
      g_autofree char *where = cs_chat_plain (fact->where != NULL ? fact->where : cs_fact_kind_get_name (fact->kind), FALSE);
      g_autofree char *label = cs_text_ellipsize (where, 60);

      g_string_append_printf (out, "%s%u. %s: ", out->len > 0 ? "\n" : "", i + 1, label);
      append_quoted (out, fact->text);
    }

  return g_string_free_and_steal (out);
}

static char *
join_words (char **words)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; words != NULL && words[i] != NULL && i < MOST_WORDS; i++)
    {
      if (out->len > 0)
        g_string_append (out, ", ");
      append_quoted (out, words[i]);
    }

  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static char *
join_order (char **order)
{
  return order != NULL && order[0] != NULL ? g_strjoinv (", ", order) : NULL;
}

static char *
join_examples (CsHand     *hand,
               CsField     field,
               const char *language,
               const char *kind,
               guint       n)
{
  g_autoptr (GPtrArray) lessons = cs_hand_pick_examples (hand, field, language, kind, n);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < lessons->len; i++)
    {
      CsLesson *lesson = lessons->pdata[i];

      if (lesson->decided == NULL)
        continue;
      if (out->len > 0)
        g_string_append (out, " | ");
      append_quoted (out, lesson->decided);
    }

  return out->len > 0 ? g_strdup (out->str) : NULL;
}

/* The seller's own words */
static char *
make_tone (CsHand *hand)
{
  g_autofree char *plain = cs_chat_plain (hand->tone, FALSE);

  return *plain != '\0' ? cs_text_ellipsize (plain, 200) : NULL;
}

static char *
make_system (CsEngineRequest *request,
             const char      *language)
{
  CsHand     *hand = request->hand != NULL && !request->hand->off ? request->hand : NULL;
  const char *kind = request->product->values[CS_FIELD_CATEGORY];
  gboolean    han = g_str_equal (language, "zh");
  Value       values[] = {
    { "title", g_strdup_printf ("%d", han ? CS_TITLE_UNITS_HAN / 2 : CS_TITLE_UNITS_LATIN) },
    { "pinned", hand != NULL ? join_words (hand->pinned) : NULL },
    { "never", hand != NULL ? join_words (hand->never) : NULL },
    { "order", hand != NULL ? join_order (hand->order) : NULL },
    { "tone", hand != NULL ? make_tone (hand) : NULL },
    { "titles", hand != NULL ? join_examples (hand, CS_FIELD_TITLE, language, kind, 3) : NULL },
    { "descriptions", hand != NULL ? join_examples (hand, CS_FIELD_DESCRIPTION, language, kind, 1) : NULL },
  };
  char *system = fill (language, "listing", values, G_N_ELEMENTS (values));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_free (values[i].value);

  return system;
}

static char *
make_user (CsEvidence *facts,
           const char *language,
           guint       n_photos)
{
  Value values[] = {
    { "facts", make_facts (facts) },
    { "photos", n_photos > 0 ? g_strdup_printf ("%u", n_photos) : NULL },
    { "none", n_photos > 0 ? NULL : g_strdup ("") },
  };
  char *user = fill (language, "product", values, G_N_ELEMENTS (values));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_free (values[i].value);

  return user;
}

const char *
cs_chat_prompt_find_language (CsEngineRequest *request,
                              CsEvidence      *facts)
{
  static const CsField fields[] = { CS_FIELD_NOTE, CS_FIELD_TITLE, CS_FIELD_DESCRIPTION, CS_FIELD_BULLETS, CS_FIELD_MATERIAL, CS_FIELD_CATEGORY };
  g_autoptr (GString) read = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *clean = cs_text_clean (request->product->values[fields[i]], FALSE);
      g_autoptr (GArray) words = cs_text_words (clean);

      if (words->len > 0)
        return cs_text_script (clean) == CS_SCRIPT_HAN ? "zh" : "en";
    }

  for (guint i = 0; facts->facts != NULL && i < facts->facts->len; i++)
    {
      CsFact *fact = facts->facts->pdata[i];

      if (fact->kind != CS_FACT_COLOUR && fact->kind != CS_FACT_FILE)
        g_string_append_printf (read, "%s ", fact->text);
    }
  if (cs_text_script (read->str) == CS_SCRIPT_HAN)
    return "zh";

  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? "zh" : "en";
}

CsChatPrompt *
cs_chat_prompt_new (CsEngineRequest *request,
                    CsEvidence      *facts,
                    guint            n_photos)
{
  CsChatPrompt *self = g_new0 (CsChatPrompt, 1);

  self->language = g_strdup (cs_chat_prompt_find_language (request, facts));
  self->system = make_system (request, self->language);
  self->user = make_user (facts, self->language, n_photos);

  return self;
}

void
cs_chat_prompt_free (CsChatPrompt *self)
{
  g_free (self->system);
  g_free (self->user);
  g_free (self->language);
  g_free (self);
}
