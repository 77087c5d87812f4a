/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cs-ground-infer.h"

/* Which of several values a fact gives to which part: in "front 400 lm, rear 50 lm"
 * a number belongs to the words that stand with it between commas, and "the rear
 * light with 400 lumens" gives it to the other.
 */

/* Where the words end that stand with a number */
static gboolean
is_bound (const char *text,
          gsize       at)
{
  static const char *const marks[] = { "，", "。", "；", "、", "（", "）", "！", "？", NULL };

  if (strchr (",;|()!?\n", text[at]) != NULL)
    return TRUE;
  if (text[at] == '.' && (text[at + 1] == ' ' || text[at + 1] == '\0'))
    return TRUE;

  for (guint i = 0; (guchar) text[at] >= 0xe0 && marks[i] != NULL; i++)
    {
      if (strncmp (text + at, marks[i], strlen (marks[i])) == 0)
        return TRUE;
    }

  return strncmp (text + at, " and ", 5) == 0;
}

/* In "front 400 lm rear 50 lm" words stand before their number, in "400 lm front 50
 * lm rear" after it: the first number of the clause tells
 */
static gboolean
labels_precede (const char *text,
                gsize       start)
{
  gsize first = start;
  gsize words = 0;

  while (first > 0 && !is_bound (text, first - 1))
    first--;
  while (first < start && !g_ascii_isdigit (text[first]))
    words += g_ascii_isalpha (text[first]) || (guchar) text[first] >= 0xe0, first++;

  return words > 0;
}

static void
find_piece (const char *text,
            gsize       start,
            gsize       end,
            gsize      *first,
            gsize      *last)
{
  gsize    length = strlen (text);
  gboolean precede = labels_precede (text, start);

  *first = start;
  *last = end;
  while (*first > 0 && !g_ascii_isdigit (text[*first - 1]) && !is_bound (text, *first - 1))
    (*first)--;
  /* " and " is a bound at its first space only */
  while (*last < length && !g_ascii_isdigit (text[*last]) && !is_bound (text, *last))
    (*last)++;

  if (precede && *last < length && g_ascii_isdigit (text[*last]))
    *last = end;
  else if (!precede && *first > 0 && g_ascii_isdigit (text[*first - 1]))
    *first = start;
}

/* Words that name things, of whatever language, with their meaning */
static void
add_claimed (GPtrArray *labels,
             GArray    *claims,
             gsize      first,
             gsize      last)
{
  for (guint i = 0; claims != NULL && i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);

      if (claim->start < first || claim->end > last)
        continue;
      if (claim->set == CS_GROUND_SIZE)
        g_ptr_array_add (labels, g_strdup_printf ("size %s", claim->key));
      for (guint j = 0; claim->set == CS_GROUND_WORD && j < claim->meaning.n_senses; j++)
        g_ptr_array_add (labels, g_strdup_printf ("#%u", claim->meaning.senses[j]));
      if (claim->set == CS_GROUND_WORD && claim->key != NULL && (guchar) *claim->key >= 0xe0)
        g_ptr_array_add (labels, g_strdup (claim->key));
    }
}

/* The words that stand with the claim from start to end; (element-type utf8) */
static GPtrArray *
find_labels (const char *text,
             GArray     *claims,
             guint       start,
             guint       end)
{
  static const char *const none[] = { "and", "the", "with", "for", "at", "of", "in", "is", "are", "up", "to", "about", "on", "has", "about",
                                      "its", "each", "from", "light", "port", "power", "out", "max", "when", "just", "only", "yes", "which", "this", "that",
                                      "size", "note", "approx", "around", "measures", "measure", "weighs", "weigh", "dims", "inc", "inch", "inches", "cms",
                                      "plus", "per", "our", "your", "you", "can", "will", "long", "wide", "tall", "deep", "thick", "across", NULL };
  GPtrArray       *labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  gsize            first, last;
  g_autofree char *piece = NULL;
  g_auto (GStrv) words = NULL;

  /* Folding may change lengths: then nothing is told */
  if (strlen (lower) != strlen (text))
    return labels;

  find_piece (lower, start, end, &first, &last);
  add_claimed (labels, claims, first, last);
  memset (lower + start, ' ', end - start);
  piece = g_strndup (lower + first, last - first);
  words = g_strsplit_set (piece, " :/=-\"", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strcmp (words[i], "large") == 0 || strcmp (words[i], "medium") == 0 || strcmp (words[i], "small") == 0)
        g_ptr_array_add (labels, g_strdup_printf ("size %c", *words[i]));
      else if (g_strv_contains ((const char *const[]) { "playback", "playtime", "runtime", "listening", "music", "battery", "playing", NULL }, words[i]))
        g_ptr_array_add (labels, g_strdup ("battery"));
      else if (strcmp (words[i], "full") == 0 || strcmp (words[i], "maximum") == 0)
        g_ptr_array_add (labels, g_strdup ("high"));
      else if (strlen (words[i]) > 2 && g_ascii_isalpha (*words[i]) && !g_strv_contains (none, words[i]))
        g_ptr_array_add (labels, cs_ground_singular (words[i]));
    }

  return labels;
}

static gboolean
has_label (GPtrArray  *labels,
           const char *word)
{
  return g_ptr_array_find_with_equal_func (labels, word, g_str_equal, NULL);
}

/* Of "8 x 6 mm" the words stand with the first */
static guint
find_chain_start (GArray        *claims,
                  CsGroundClaim *claim)
{
  guint start = claim->start;

  for (guint i = claims->len; claim->number.chain && i-- > 0;)
    {
      CsGroundClaim *before = &g_array_index (claims, CsGroundClaim, i);

      if (before->set == CS_GROUND_NUMBER && before->number.chain && before->end < start && start - before->end <= 4)
        start = before->start;
    }

  return start;
}

/* Has said a word of a that b has not? */
static gboolean
names_only (GPtrArray *said,
            GPtrArray *a,
            GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    {
      if (!has_label (b, a->pdata[i]) && has_label (said, a->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_measure (CsGroundClaim *claim)
{
  return claim->set == CS_GROUND_NUMBER && claim->number.unit != NULL && claim->number.unit->dim != CS_DIM_COUNT &&
         claim->number.unit->dim != CS_DIM_PERCENT && claim->end > claim->start;
}

static gboolean
tells_size (GPtrArray *labels)
{
  for (guint i = 0; i < labels->len; i++)
    {
      if (g_str_has_prefix (labels->pdata[i], "size "))
        return TRUE;
    }

  return FALSE;
}

/* Is it a name of the thing itself, in its title? Then it tells no part */
static gboolean
names_thing (CsGroundFacts *self,
             const char    *label)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      if (!fact->boast)
        continue;
      if (*label != '#' && strstr (fact->folded, label) != NULL)
        return TRUE;
      for (guint j = 0; *label == '#' && j < fact->claims->len; j++)
        {
          CsGroundClaim *claim = &g_array_index (fact->claims, CsGroundClaim, j);

          for (guint k = 0; k < claim->meaning.n_senses; k++)
            {
              if (claim->meaning.senses[k] == (guint) g_ascii_strtoull (label + 1, NULL, 10))
                return TRUE;
            }
        }
    }

  return FALSE;
}

static GPtrArray *
without_thing (CsGroundFacts *self,
               GPtrArray     *labels)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < labels->len; i++)
    {
      if (!names_thing (self, labels->pdata[i]))
        g_ptr_array_add (left, g_strdup (labels->pdata[i]));
    }

  return left;
}

/* "25 x 12.5 closed" */
static gboolean
is_side (CsGroundClaim *claim)
{
  return claim->set == CS_GROUND_NUMBER && claim->number.unit == NULL && claim->number.chain;
}

/* Is it another value of the same kind, that could be taken for it? */
static gboolean
is_other_value (CsGroundClaim *rival,
                CsGroundClaim *known,
                CsGroundClaim *said)
{
  const CsUnit *unit = known->number.unit != NULL ? known->number.unit : said->number.unit;

  if (rival == known || rival->negated || !is_measure (rival) || rival->number.unit->dim != unit->dim ||
      fabs (rival->number.low * rival->number.unit->factor - known->number.low * unit->factor) < 1e-9)
    return FALSE;

  /* "9 cm high" was never the diameter */
  return said->number.quantity == CS_QUANTITY_ANY || said->number.quantity != known->number.quantity ||
         rival->number.quantity == known->number.quantity;
}

/**
 * cs_ground_bound_elsewhere:
 * @claims: all that text says
 *
 * Returns: whether the facts give said's value, known of fact, to another part than
 *   text does.
 */
gboolean
cs_ground_bound_elsewhere (CsGroundFacts *self,
                           CsGroundFact  *fact,
                           CsGroundClaim *known,
                           const char    *text,
                           GArray        *claims,
                           CsGroundClaim *said)
{
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GPtrArray) own = NULL;

  if (text == NULL || !is_measure (said) || !(is_measure (known) || is_side (known)) || known->end > strlen (fact->text) || said->end > strlen (text))
    return FALSE;

  for (guint f = 0; f < self->facts->len; f++)
    {
      CsGroundFact *other = self->facts->pdata[f];

      for (guint i = 0; i < other->claims->len; i++)
        {
          CsGroundClaim *rival = &g_array_index (other->claims, CsGroundClaim, i);
          g_autoptr (GPtrArray) others = NULL;
          g_autoptr (GPtrArray) parts = NULL;

          if (!is_other_value (rival, known, said) || rival->end > strlen (other->text) || (other == fact && rival->start == known->start))
            continue;

          if (labels == NULL)
            {
              labels = find_labels (text, claims, said->start, said->end);
              /* Prices are told apart by sizes only */
              if (said->number.unit->dim == CS_DIM_MONEY && !tells_size (labels))
                return FALSE;
              own = find_labels (fact->text, fact->claims, find_chain_start (fact->claims, known), known->end);
            }
          others = find_labels (other->text, other->claims, find_chain_start (other->claims, rival), rival->end);
          /* "6 mm thick" of what has a 6 mm band and is 2 mm thick */
          if (other == fact && said->number.quantity >= CS_QUANTITY_HEIGHT && said->number.quantity <= CS_QUANTITY_BASE &&
              rival->number.quantity == said->number.quantity && known->number.quantity == CS_QUANTITY_ANY && !known->number.chain &&
              !names_only (labels, own, others))
            return TRUE;
          parts = without_thing (self, others);
          if (names_only (own, own, others) && names_only (labels, other == fact ? others : parts, own) && !names_only (labels, own, others))
            return TRUE;
        }
    }

  return FALSE;
}

/* "Holds up to 10 kg" is said of a load, and what a thing weighs is none */
gboolean
cs_ground_takes_weight_for_load (CsGroundFact  *fact,
                                 const char    *text,
                                 CsGroundClaim *said)
{
  static const char *const loads[] = { "hold", "support", "bear", "carry", "load", NULL };
  g_autoptr (GPtrArray) labels = NULL;

  if (text == NULL || !is_measure (said) || said->number.unit->dim != CS_DIM_WEIGHT || said->number.unit->factor < 400 || said->end > strlen (text) ||
      !g_str_has_prefix (fact->text, "weight: ") || strstr (fact->text, "max") != NULL)
    return FALSE;

  labels = find_labels (text, NULL, said->start, said->end);
  for (guint i = 0; loads[i] != NULL; i++)
    {
      if (has_label (labels, loads[i]))
        return TRUE;
    }

  return FALSE;
}

/* ---- Where a thing is made, and where it was only thought out */

static gboolean
follows_verb (const char        *text,
              CsGroundClaim     *claim,
              const char *const *verbs)
{
  g_autofree char *before = g_strndup (text, claim->start);
  g_autofree char *lower = g_ascii_strdown (before, -1);
  const char      *clause = lower;

  for (const char *p = lower; *p != '\0'; p++)
    {
      if (strchr (",;.(", *p) != NULL)
        clause = p + 1;
    }

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      const char *at = strstr (clause, verbs[i]);

      if (at != NULL && strlen (at) <= strlen (verbs[i]) + 8)
        return TRUE;
    }

  return FALSE;
}

static gboolean
precedes_verb (const char        *text,
               CsGroundClaim     *claim,
               const char *const *verbs)
{
  const char *after = text + claim->end;

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      const char *at = strstr (after, verbs[i]);

      if (at != NULL && at - after <= 6)
        return TRUE;
    }

  return FALSE;
}

/* "Made in Norway" of what was "designed in Bergen, sewn in Vietnam", or is shipped
 * from there
 */
gboolean
cs_ground_only_designed (CsGroundFact  *fact,
                         CsGroundClaim *known,
                         const char    *text,
                         CsGroundClaim *said)
{
  static const char *const made[] = { "made in", "sewn in", "woven in", "produced in", "manufactured in", "crafted in", "built in", "assembled in", "knitted in",
                                      "thrown in", "carved in", "forged in", "printed in", "handmade in", "handcrafted in", "grown in", "poured in", NULL };
  static const char *const designed[] = { "designed in", "conceived in", "developed in", "shipped from", "ships from", "sent from", "posted from",
                                          "dispatched from", "ship from", "sold from", "warehouse in", "sold by us in", "sold in", " shop in", "showroom in", " store in", " office in", NULL };
  static const char *const made_after[] = { "制造", "制作", "生产", "出品", "烧制", "织造", "产", "制", "造", "酿造", NULL };
  static const char *const sent_after[] = { "发货", "直发", "发出", "寄出", "设计", "仓", "包邮", NULL };

  if (text == NULL || said->set != CS_GROUND_PLACE || known->set != CS_GROUND_PLACE || said->negated || said->end > strlen (text) || known->end > strlen (fact->text))
    return FALSE;

  return (follows_verb (text, said, made) && follows_verb (fact->text, known, designed)) ||
         (precedes_verb (text, said, made_after) && !precedes_verb (text, said, sent_after) && precedes_verb (fact->text, known, sent_after));
}

/* ---- Colours and materials, and what they are said of */

/* Has the list a Chinese word that word begins with, or that begins with it? */
static gboolean
begins_alike (const char *word,
              const char *list)
{
  static const char *const tails[] = { "头", "子", "儿", "部", "体", "口", "件", "部分", NULL };
  g_auto (GStrv) others = g_strsplit (list, " ", -1);

  for (guint i = 0; others[i] != NULL; i++)
    {
      const char *tail = (guchar) *others[i] < 0xe0 ? NULL : g_str_has_prefix (word, others[i]) ? word + strlen (others[i]) : g_str_has_prefix (others[i], word) ? others[i] + strlen (word) : NULL;

      if (tail != NULL && (*tail == '\0' || g_strv_contains (tails, tail)))
        return TRUE;
    }

  return FALSE;
}

/* What both are said of, or NULL */
static char *
dup_shared (const char *a,
            const char *b)
{
  g_auto (GStrv) list = a != NULL && b != NULL ? g_strsplit (a, " ", -1) : NULL;

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      g_autofree char *whole = g_strdup_printf (" %s ", list[i]);

      if (*list[i] != '\0' && strstr (b, whole) != NULL)
        return g_strdup (list[i]);
      /* "扣头" and "扣" */
      if ((guchar) *list[i] >= 0xe0 && begins_alike (list[i], b))
        return g_strdup (list[i]);
    }

  return NULL;
}

gboolean
cs_ground_share_head (const char *a,
                      const char *b)
{
  g_autofree char *shared = dup_shared (a, b);

  return shared != NULL;
}

/* What the facts say of the heads of a trait */
typedef struct
{
  gboolean   same;   /* the trait, of what the text says it of */
  gboolean   open;   /* the trait, of nobody knows what */
  gboolean   other;  /* the trait, of something else */
  gboolean   whole;  /* of something else that is no part */
  gboolean   named;  /* the part that it is said of is in a fact */
  CsFact    *rival;  /* another trait, of what the text says it of */
  char      *shared; /* that, as a word */
} Heads;

static void
heads_clear (Heads *heads)
{
  g_free (heads->shared);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heads, heads_clear)

static gboolean
is_of_part (CsGroundClaim *claim)
{
  g_auto (GStrv) list = g_strsplit (claim->heads, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (*list[i] == '#' && cs_ground_concept_is_part (g_ascii_strtoull (list[i] + 1, NULL, 10)))
        return TRUE;
    }

  return claim->part != 0;
}

static void
look_at (Heads         *heads,
         CsGroundFact  *fact,
         CsGroundClaim *said,
         CsGroundClaim *known)
{
  gboolean kin = cs_ground_relate (said, fact, known) == CS_GROUND_AGREES;

  for (guint i = 0; said->part != 0 && i < known->meaning.n_senses; i++)
    heads->named = heads->named || cs_ground_concept_is (known->meaning.senses[i], said->part) || cs_ground_concept_is (said->part, known->meaning.senses[i]);
  gboolean share;

  share = cs_ground_share_head (said->heads, known->heads);
  if (known->set != said->set && !kin)
    return;

  if (kin)
    {
      heads->same = heads->same || share;
      heads->open = heads->open || known->heads == NULL;
      heads->other = heads->other || (known->heads != NULL && !share);
      heads->whole = heads->whole || (known->heads != NULL && !share && !is_of_part (known));
    }
  else if (share && !known->negated && known->meaning.n_senses > 0 && !cs_ground_is_kin (said, known) && heads->rival == NULL)
    {
      heads->rival = fact->fact;
      heads->shared = dup_shared (said->heads, known->heads);
    }
}

/* "烛芯" of what has a "芯" */
static gboolean
has_last_character (CsGroundFacts *self,
                    const char    *heads)
{
  g_auto (GStrv) list = g_strsplit (heads, " ", -1);
  const char *word = list[0] != NULL ? list[1] : NULL;
  gsize       length = word != NULL ? strlen (word) : 0;

  for (guint i = 0; length >= 6 && (guchar) *word >= 0xe0 && i < self->facts->len; i++)
    {
      if (strstr (((CsGroundFact *) self->facts->pdata[i])->folded, word + length - 3) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* A "moonstone ring" is of silver */
static gboolean
is_set_stone (CsGroundClaim *claim)
{
  for (guint i = 0; i < claim->meaning.n_senses; i++)
    {
      const CsGroundEntry *stones = cs_ground_lexicon_find ("gemstone");

      for (guint j = 0; stones != NULL && j < stones->n_senses; j++)
        {
          if (cs_ground_concept_is (claim->meaning.senses[i], stones->senses[j]))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * cs_ground_said_of_other:
 *
 * Returns: whether the facts have the colour or material that is said, but of
 *   something else, and of this another one; then that fact is in finding
 */
gboolean
cs_ground_said_of_other (CsGroundFacts   *self,
                         CsGroundClaim   *said,
                         CsGroundFinding *finding)
{
  g_auto (Heads) heads = { 0 };

  if (said->heads == NULL || said->negated || said->also || is_set_stone (said) || (said->set != CS_GROUND_MATERIAL && said->set != CS_GROUND_COLOUR))
    return FALSE;

  for (guint i = 0; i < self->facts->len; i++)
    {
      CsGroundFact *fact = self->facts->pdata[i];

      for (guint j = 0; j < fact->claims->len; j++)
        look_at (&heads, fact, said, &g_array_index (fact->claims, CsGroundClaim, j));
    }

  if (heads.same || (heads.open && (heads.rival == NULL || heads.shared == NULL || names_thing (self, heads.shared))) || !(heads.other || heads.open))
    return FALSE;

  /* "Wooden lid" of what has a wooden wick, and of whose lid nobody speaks */
  if (heads.rival == NULL && said->part != 0 && !heads.named && !heads.whole && !has_last_character (self, said->heads))
    {
      cs_ground_keep (finding, CS_PHRASE_UNSOURCED, NULL);
      g_ptr_array_set_size (finding->facts, 0);
      return TRUE;
    }
  if (heads.rival == NULL)
    return FALSE;

  cs_ground_keep (finding, CS_PHRASE_CONTRADICTS, heads.rival);

  return TRUE;
}
