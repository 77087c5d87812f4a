/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-evidence-source.h"
#include "cs-text.h"

/* Units of cs_text_units(): 14 Chinese characters */
#define LABEL_UNITS 28

static const struct
{
  const char *icon;
  const char *style; /* of style.css */
  const char *heading;
} kinds[] = {
  [CS_FACT_NOTE] = { "document-edit-symbolic", "note", N_("From your note") },
  [CS_FACT_FIELD] = { "view-list-symbolic", "field", N_("From what you filled in") },
  [CS_FACT_TITLE] = { "format-text-bold-symbolic", "field", N_("From your title") },
  [CS_FACT_TEXT] = { "text-x-generic-symbolic", "field", N_("From your text") },
  [CS_FACT_PHOTO] = { "image-x-generic-symbolic", "photo", N_("Read from the photo") },
  [CS_FACT_COLOUR] = { "color-select-symbolic", "photo", N_("Seen in the photo") },
  [CS_FACT_FILE] = { "text-x-generic-symbolic", "field", N_("From the photo’s file name") },
  [CS_FACT_FOLDER] = { "folder-symbolic", "field", N_("From the folder’s name") },
  [CS_FACT_SHEET] = { "x-office-spreadsheet-symbolic", "field", N_("From the spreadsheet") },
  [CS_FACT_HAND] = { "document-edit-symbolic", "field", N_("From how you write") },
};

static void
cs_evidence_source_clear (CsEvidenceSource *self)
{
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  g_clear_pointer (&self->phrases, g_array_unref);
  g_clear_pointer (&self->words, g_free);
}

CS_DEFINE_RECORD (CsEvidenceSource, cs_evidence_source)

/* The same words found twice in one place are one source to the reader */
static gboolean
is_same_fact (CsFact *a,
              CsFact *b)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (a == NULL || b == NULL || a == b)
    return a == b;
  if (a->kind != b->kind || a->photo != b->photo)
    return FALSE;

  left = g_utf8_casefold (a->text, -1);
  right = g_utf8_casefold (b->text, -1);

  return g_str_equal (left, right);
}

static CsEvidenceSource *
find_source (GPtrArray    *sources,
             CsFact       *fact,
             CsPhraseState state)
{
  for (guint i = 0; i < sources->len; i++)
    {
      CsEvidenceSource *source = g_ptr_array_index (sources, i);

      if (source->state == state && is_same_fact (source->fact, fact))
        return source;
    }

  return NULL;
}

static char *
dup_words (const char     *text,
           const CsPhrase *phrase)
{
  gsize length = strlen (text);
  guint start = MIN (phrase->start, length);
  guint end = CLAMP (phrase->end, start, length);

  return g_strstrip (g_strndup (text + start, end - start));
}

static void
add_source (GPtrArray  *sources,
            CsEvidence *evidence,
            const char *text,
            CsFact     *fact,
            guint       index)
{
  const CsPhrase   *phrase = g_ptr_array_index (evidence->phrases, index);
  CsEvidenceSource *source = fact != NULL ? find_source (sources, fact, phrase->state) : NULL;

  if (source == NULL)
    {
      source = cs_evidence_source_new ();
      source->evidence = cs_evidence_ref (evidence);
      source->fact = fact;
      source->state = phrase->state;
      source->phrases = g_array_new (FALSE, FALSE, sizeof (guint));
      source->words = dup_words (text, phrase);
      g_ptr_array_add (sources, source);
    }
  g_array_append_val (source->phrases, index);
}

GPtrArray *
cs_evidence_sources (CsEvidence *evidence,
                     const char *text)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_evidence_source_unref);

  if (evidence == NULL || evidence->phrases == NULL || text == NULL)
    return sources;

  for (guint i = 0; i < evidence->phrases->len; i++)
    {
      const CsPhrase *phrase = g_ptr_array_index (evidence->phrases, i);
      gboolean        found = FALSE;

      if (phrase->state == CS_PHRASE_GLUE)
        continue;

      for (char **id = phrase->facts; id != NULL && *id != NULL && phrase->state != CS_PHRASE_UNSOURCED; id++)
        {
          CsFact *fact = cs_evidence_find (evidence, *id);

          if (fact == NULL)
            continue;

          add_source (sources, evidence, text, fact, i);
          found = TRUE;
        }

      if (!found)
        add_source (sources, evidence, text, NULL, i);
    }

  return sources;
}

static char *
dup_short (const char *text)
{
  g_autofree char *clean = cs_text_clean (text, FALSE);

  return cs_text_ellipsize (clean, LABEL_UNITS);
}

/* "note: 直径28cm" */
char *
cs_evidence_source_dup_label (CsEvidenceSource *self)
{
  g_autofree char *words = dup_short (self->words);
  g_autofree char *fact = NULL;

  if (self->fact == NULL)
    return self->state == CS_PHRASE_CONTRADICTS
             ? g_strdup_printf (_("“%s” contradicts what is known"), words)
             : g_strdup_printf (_("“%s” has no source"), words);

  fact = dup_short (self->fact->text);
  if (self->state == CS_PHRASE_CONTRADICTS)
    /* Translators: “red” contradicts note: blue */
    return g_strdup_printf (_("“%s” contradicts %s: %s"), words, cs_fact_kind_get_label (self->fact->kind), fact);

  /* Translators: where a phrase comes from, for example "note: 28 cm across" */
  return g_strdup_printf (_("%s: %s"), cs_fact_kind_get_label (self->fact->kind), fact);
}

char *
cs_evidence_source_dup_heading (CsEvidenceSource *self)
{
  if (self->fact == NULL || self->fact->kind >= G_N_ELEMENTS (kinds))
    return g_strdup (_("No source"));

  if (self->fact->where != NULL && *self->fact->where != '\0' && self->fact->kind != CS_FACT_NOTE)
    /* Translators: a place and its name, for example "Read from the photo: basket.jpg" */
    return g_strdup_printf (_("%s: %s"), _ (kinds[self->fact->kind].heading), self->fact->where);

  return g_strdup (_ (kinds[self->fact->kind].heading));
}

const char *
cs_evidence_source_get_icon (CsEvidenceSource *self)
{
  if (self->fact == NULL || self->state != CS_PHRASE_GROUNDED || self->fact->kind >= G_N_ELEMENTS (kinds))
    return "dialog-warning-symbolic";

  return kinds[self->fact->kind].icon;
}

const char *
cs_evidence_source_get_style (CsEvidenceSource *self)
{
  if (self->state == CS_PHRASE_CONTRADICTS)
    return "contradicts";
  if (self->fact == NULL || self->fact->kind >= G_N_ELEMENTS (kinds))
    return "unsourced";

  return kinds[self->fact->kind].style;
}

/* Why its phrase is marked, or NULL */
const char *
cs_evidence_source_get_remark (CsEvidenceSource *self)
{
  const CsPhrase *phrase;

  if (self->phrases->len == 0 || self->state == CS_PHRASE_GROUNDED)
    return NULL;

  phrase = g_ptr_array_index (self->evidence->phrases, g_array_index (self->phrases, guint, 0));

  return phrase->remark;
}

gboolean
cs_evidence_source_has_phrase (CsEvidenceSource *self,
                               guint             phrase)
{
  for (guint i = 0; i < self->phrases->len; i++)
    {
      if (g_array_index (self->phrases, guint, i) == phrase)
        return TRUE;
    }

  return FALSE;
}
