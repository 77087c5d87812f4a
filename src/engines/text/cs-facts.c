/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-facts.h"

/* No listing needs more: beyond it a note is not read */
#define MAX_NOTE_BYTES 8000

void
cs_term_free (CsTerm *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->where);
  g_free (self);
}

void
cs_facts_free (CsFacts *self)
{
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->hot, g_ptr_array_unref);
  g_clear_pointer (&self->repeated, g_ptr_array_unref);
  g_clear_pointer (&self->elsewhere, g_ptr_array_unref);
  g_clear_pointer (&self->doubts, g_ptr_array_unref);
  g_clear_pointer (&self->unwanted, g_ptr_array_unref);
  g_clear_pointer (&self->pinned, g_ptr_array_unref);
  g_free (self);
}

CsTerm *
cs_facts_add (CsFacts    *self,
              CsFactKind  kind,
              CsRole      role,
              const char *text)
{
  CsTerm *term = g_new0 (CsTerm, 1);

  term->role = role;
  term->kind = kind;
  term->text = g_strdup (text);
  term->confidence = 100;
  term->id = g_strdup_printf ("%s.%u", cs_fact_kind_get_name (kind), self->terms->len + 1);
  g_ptr_array_add (self->terms, term);

  return term;
}

CsTerm *
cs_facts_find (CsFacts *self,
               CsRole   role)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->role == role && !term->head)
        return term;
    }

  return NULL;
}

gboolean
cs_facts_has (CsFacts *self,
              CsRole   role)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      if (((CsTerm *) self->terms->pdata[i])->role == role)
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
cs_facts_dup_name (CsFacts *self)
{
  GPtrArray *name = g_ptr_array_new ();

  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->head)
        g_ptr_array_add (name, term);
    }

  return name;
}

static gboolean
is_boundary (const char *haystack,
             const char *at,
             gsize       length)
{
  gunichar before = at > haystack ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';
  gunichar after = at[length] != '\0' ? g_utf8_get_char (at + length) : ' ';

  return (cs_text_is_han (g_utf8_get_char (at)) || !g_unichar_isalnum (before)) &&
         (cs_text_is_han (after) || !g_unichar_isalnum (after) || cs_text_is_han (g_utf8_get_char (g_utf8_prev_char (at + length))));
}

/* Does @haystack say @needle, as a word of its own? */
static gboolean
says (const char *haystack,
      const char *needle)
{
  g_autofree char *a = cs_text_fold (haystack);
  g_autofree char *b = cs_text_fold (needle);
  gsize            length = strlen (b);

  if (length == 0)
    return TRUE;

  for (const char *at = strstr (a, b); at != NULL; at = strstr (g_utf8_next_char (at), b))
    {
      if (is_boundary (a, at, length))
        return TRUE;
    }

  return FALSE;
}

gboolean
cs_facts_is_said (GPtrArray  *terms,
                  const char *text)
{
  for (guint i = 0; i < terms->len; i++)
    {
      if (says (((CsTerm *) terms->pdata[i])->text, text))
        return TRUE;
    }

  return FALSE;
}

/* Markup is not text: what stands between < and > is blanked, byte for byte */
static char *
blank_markup (const char *text)
{
  char *blanked = g_strdup (text);
  char *at = blanked;

  while ((at = strchr (at, '<')) != NULL)
    {
      char *end = strpbrk (at + 1, "<>\n");

      if (end != NULL && *end == '>' && (g_ascii_isalpha (at[1]) || at[1] == '/' || at[1] == '!') && end - at < 200)
        memset (at, ' ', end - at + 1);
      at++;
    }

  return blanked;
}

static void
note_dropped (GPtrArray  *list,
              const char *text)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (g_ascii_strcasecmp (list->pdata[i], text) == 0)
        return;
    }

  g_ptr_array_add (list, g_strdup (text));
}

/* The name as one text, folded */
static char *
dup_name_text (CsFacts *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->head)
        g_string_append_printf (name, "%s%s", name->len > 0 && self->script == CS_SCRIPT_LATIN ? " " : "", term->text);
    }

  return cs_text_fold (name->str);
}

static gboolean
is_repeated (CsFacts    *self,
             CsToken    *token,
             const char *text)
{
  g_autofree char *folded = NULL;

  if (token->role == CS_ROLE_SENTENCE || token->head)
    return FALSE;

  folded = cs_text_fold (text);
  if (token->role == CS_ROLE_ALIAS || token->role == CS_ROLE_PRODUCT)
    {
      g_autofree char *name = dup_name_text (self);

      if (strstr (name, folded) != NULL)
        return TRUE;
    }

  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm          *term = self->terms->pdata[i];
      g_autofree char *other = NULL;

      if (term->role == CS_ROLE_SENTENCE || term->role >= CS_ROLE_DESCRIPTION_LINE)
        continue;

      other = cs_text_fold (term->text);
      if (strcmp (folded, other) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The first name that is found is the name. Where another text names the same
 * thing, what it says of it counts ("果篮" and "手工竹编果篮"); where it names
 * something else ("台灯" and "布艺灯罩"), that stays in one piece.
 */
static void
demote_name (CsFacts    *self,
             const char *text,
             GArray     *tokens)
{
  g_autofree char *name = dup_name_text (self);
  CsToken         *first = NULL;
  CsToken         *noun = NULL;
  gboolean         same = FALSE;

  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (!token->head)
        continue;

      token->head = FALSE;
      first = first != NULL ? first : token;
      if (token->role == CS_ROLE_PRODUCT)
        {
          g_autofree char *word = g_strndup (text + token->start, token->end - token->start);
          g_autofree char *folded = cs_text_fold (word);

          noun = token;
          token->role = token->guess ? CS_ROLE_OTHER : CS_ROLE_ALIAS;
          same = strstr (name, folded) != NULL;
        }
    }

  if (noun == NULL || noun <= first || same || noun->quoted)
    return;

  noun->start = first->start;
  g_array_remove_range (tokens, first - (CsToken *) tokens->data, noun - first);
}

/**
 * cs_facts_add_text:
 * @where: (nullable): where the text stands, in words
 *
 * Reads a text that the seller wrote and adds what it says.
 */
void
cs_facts_add_text (CsFacts     *self,
                   CsFactKind   kind,
                   const char  *where,
                   const char  *text,
                   CsParseFlags flags)
{
  g_autofree char *clean = cs_text_clean (text, TRUE);
  gboolean         as_is = strcmp (clean, text) == 0;
  gboolean         named = FALSE;
  g_autofree char *blanked = NULL;
  g_autoptr (GArray) tokens = NULL;

  if (strlen (clean) > MAX_NOTE_BYTES)
    {
      *g_utf8_find_prev_char (clean, clean + MAX_NOTE_BYTES + 1) = '\0';
      self->is_cut = TRUE;
    }

  blanked = blank_markup (clean);
  for (guint i = 0; i < self->terms->len; i++)
    named = named || ((CsTerm *) self->terms->pdata[i])->head;

  tokens = cs_parse (self->script, blanked, flags | (named ? CS_PARSE_NAMED : 0));
  if (named)
    demote_name (self, blanked, tokens);

  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken         *token = &g_array_index (tokens, CsToken, i);
      g_autofree char *slice = g_strndup (blanked + token->start, token->end - token->start);
      CsTerm          *term;

      if (kind == CS_FACT_TITLE)
        self->n_title_words++;

      if (token->role == CS_ROLE_HOT)
        note_dropped (self->hot, slice);
      else if (token->role == CS_ROLE_PRICE)
        note_dropped (self->elsewhere, slice);
      else if (is_repeated (self, token, slice))
        {
          if (kind == CS_FACT_TITLE)
            note_dropped (self->repeated, slice);
        }
      else
        {
          term = cs_facts_add (self, kind, token->role, slice);
          term->where = g_strdup (where);
          term->start = as_is ? token->start : 0;
          term->end = as_is ? token->end : 0;
          term->head = token->head;
          term->guess = token->guess;
          term->quoted = token->quoted;
          term->spaced = token->start > 0 && blanked[token->start - 1] == ' ';
        }
    }
}

static void
add_field (CsFacts   *self,
           CsProduct *product,
           CsField    field,
           CsRole     role)
{
  g_autofree char *text = cs_text_clean (product->values[field], FALSE);
  CsTerm          *term;

  if (*text == '\0' || strlen (text) > 300)
    return;

  term = cs_facts_add (self, CS_FACT_FIELD, role, text);
  term->where = g_strdup (cs_field_get_label (field));
}

/* What is there already is kept line by line; what it says is read besides */
static void
add_lines (CsFacts   *self,
           CsProduct *product,
           CsField    field,
           CsRole     role)
{
  g_autofree char *text = cs_text_clean (product->values[field], TRUE);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *label = cs_field_get_label (field);
  guint       first = self->terms->len;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0')
        cs_facts_add (self, CS_FACT_TEXT, role, lines[i])->where = g_strdup (label);
    }

  /* Read only where nothing else says what the thing is */
  if (!cs_facts_has (self, CS_ROLE_PRODUCT) && self->terms->len > first)
    cs_facts_add_text (self, CS_FACT_TEXT, label, text, CS_PARSE_SENTENCES);

  for (guint i = first; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->role != role)
        term->quoted = TRUE;
      term->start = term->end = 0;
    }
}

/* The last part of "Home > Kitchen > Baskets" */
static void
add_category (CsFacts   *self,
              CsProduct *product)
{
  g_autofree char *text = cs_text_clean (product->values[CS_FIELD_CATEGORY], FALSE);
  const char      *last = text;
  CsTerm          *term;

  if (cs_facts_has (self, CS_ROLE_PRODUCT))
    return;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '>' || *p == '/')
        last = p + 1;
    }
  while (*last == ' ')
    last++;

  if (*last == '\0' || strlen (last) > 100)
    return;

  term = cs_facts_add (self, CS_FACT_FIELD, CS_ROLE_PRODUCT, last);
  term->where = g_strdup (cs_field_get_label (CS_FIELD_CATEGORY));
  term->head = TRUE;
}

static gboolean
is_written (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/* The language of the note, else of what else the seller wrote, else of what was
 * read, else that of the window
 */
static CsScript
find_script (CsEngineRequest *request,
             gboolean        *written)
{
  static const CsField fields[] = {
    CS_FIELD_NOTE,
    CS_FIELD_TITLE,
    CS_FIELD_DESCRIPTION,
    CS_FIELD_BULLETS,
    CS_FIELD_MATERIAL,
    CS_FIELD_CATEGORY,
  };
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *clean = cs_text_clean (request->product->values[fields[i]], TRUE);

      *written = is_written (clean);
      if (*written)
        return cs_text_script (clean);
    }

  for (guint i = 0; request->photos != NULL && i < request->photos->len; i++)
    {
      CsEnginePhoto *given = request->photos->pdata[i];
      CsPhoto       *photo = given->photo;

      if (cs_facts_is_reading_han (given->reading))
        return CS_SCRIPT_HAN;
      if (photo->folder != NULL && cs_text_script (photo->folder) == CS_SCRIPT_HAN)
        return CS_SCRIPT_HAN;
      if (photo->name != NULL && cs_text_script (photo->name) == CS_SCRIPT_HAN)
        return CS_SCRIPT_HAN;
    }

  return g_str_has_prefix (languages[0], "zh") ? CS_SCRIPT_HAN : CS_SCRIPT_LATIN;
}

static gboolean
shares_digits (const char *a,
               const char *b)
{
  g_autofree char *x = g_strdup (a);
  g_autofree char *y = g_strdup (b);

  g_strcanon (x, "0123456789.", ' ');
  g_strcanon (y, "0123456789.", ' ');
  g_strstrip (x);
  g_strstrip (y);

  return *x == '\0' || *y == '\0' || strstr (x, y) != NULL || strstr (y, x) != NULL;
}

/* A size in its own field stands for one in the note; where the two give other
 * numbers the seller is told
 */
static void
settle_sizes (CsFacts *self)
{
  CsTerm *field = NULL;

  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->role == CS_ROLE_SIZE && term->kind == CS_FACT_FIELD)
        field = term;
    }

  for (guint i = 0; field != NULL && i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->role == CS_ROLE_SIZE && term != field && !shares_digits (field->text, term->text))
        g_ptr_array_add (self->doubts,
                         g_strdup_printf (_ ("The size field says “%s”, elsewhere it is “%s”. Check which is right."),
                                          field->text, term->text));
    }
}

/* "Bamboo Basket … Fruit Basket": where another name only says more exactly what
 * the first one says, it takes its place
 */
static void
sharpen_name (CsFacts *self)
{
  CsTerm *noun = NULL;

  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->head)
        noun = term;
    }

  for (guint i = 0; noun != NULL && noun->role == CS_ROLE_PRODUCT && !noun->guess && i < self->terms->len; i++)
    {
      CsTerm          *term = self->terms->pdata[i];
      g_autofree char *longer = cs_text_fold (term->text);
      g_autofree char *shorter = cs_text_fold (noun->text);
      g_autofree char *ending = self->script == CS_SCRIPT_LATIN ? g_strconcat (" ", shorter, NULL) : g_strdup (shorter);

      if (term->role == CS_ROLE_ALIAS && term->kind == noun->kind && !term->quoted && strlen (longer) > strlen (ending) &&
          g_str_has_suffix (longer, ending) && (cs_lexicon_find (self->script, term->text) & CS_ROLE_BIT (CS_ROLE_PRODUCT)))
        {
          g_autofree char *name = dup_name_text (self);
          g_autofree char *more = g_strndup (longer, strlen (longer) - strlen (ending));

          if (strstr (name, more) != NULL)
            continue;

          noun->head = FALSE;
          noun->role = CS_ROLE_ALIAS;
          term->head = TRUE;
          term->role = CS_ROLE_PRODUCT;
          note_dropped (self->repeated, noun->text);
          g_ptr_array_remove (self->terms, noun);
          return;
        }
    }
}

static CsFacts *
gather (CsEngineRequest *request,
        CsScript         script)
{
  CsProduct *product = request->product;
  CsFacts   *self = g_new0 (CsFacts, 1);

  self->script = script;
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_term_free);
  self->hot = g_ptr_array_new_with_free_func (g_free);
  self->repeated = g_ptr_array_new_with_free_func (g_free);
  self->elsewhere = g_ptr_array_new_with_free_func (g_free);
  self->doubts = g_ptr_array_new_with_free_func (g_free);
  self->unwanted = g_ptr_array_new_with_free_func (g_free);
  self->pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_term_free);

  if (product->values[CS_FIELD_TITLE] != NULL)
    {
      cs_facts_add_text (self, CS_FACT_TITLE, NULL, product->values[CS_FIELD_TITLE], CS_PARSE_NAME);
      self->has_title = self->terms->len > 0;
    }

  add_field (self, product, CS_FIELD_BRAND, CS_ROLE_BRAND);
  if (product->values[CS_FIELD_NOTE] != NULL)
    cs_facts_add_text (self, CS_FACT_NOTE, NULL, product->values[CS_FIELD_NOTE], CS_PARSE_SENTENCES | CS_PARSE_NAME);
  add_field (self, product, CS_FIELD_MATERIAL, CS_ROLE_MATERIAL);
  add_field (self, product, CS_FIELD_SIZE, CS_ROLE_SIZE);

  add_lines (self, product, CS_FIELD_DESCRIPTION, CS_ROLE_DESCRIPTION_LINE);
  add_lines (self, product, CS_FIELD_BULLETS, CS_ROLE_BULLET_LINE);

  cs_facts_add_readings (self, request);
  if (!cs_facts_has (self, CS_ROLE_PRODUCT))
    add_category (self, product);
  cs_facts_add_names (self, request);
  settle_sizes (self);
  sharpen_name (self);
  cs_facts_settle_colours (self);

  return self;
}

/**
 * cs_facts_gather:
 *
 * Reads all that @request knows of its product. Pure: the same request gives the
 * same facts, with the same ids.
 */
CsFacts *
cs_facts_gather (CsEngineRequest *request)
{
  gboolean written;
  CsScript script = find_script (request, &written);
  g_autoptr (CsFacts) facts = gather (request, script);
  g_autoptr (CsFacts) other = NULL;

  if (!written && !cs_facts_has (facts, CS_ROLE_PRODUCT))
    {
      /* Nothing but photos: their names may be in the other language */
      other = gather (request, script == CS_SCRIPT_HAN ? CS_SCRIPT_LATIN : CS_SCRIPT_HAN);
      if (cs_facts_has (other, CS_ROLE_PRODUCT))
        {
          g_clear_pointer (&facts, cs_facts_free);
          facts = g_steal_pointer (&other);
        }
    }

  if (request->hand != NULL && !request->hand->off)
    cs_facts_follow_hand (facts, request->hand);

  return g_steal_pointer (&facts);
}
