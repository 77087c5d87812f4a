/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-context.h"
#include "cs-ground-lexicon.h"
#include "cs-ground-token.h"

/* What the words around a number tell of it: the quantity that they name, the noun
 * that is counted, and whether it is met, passed or only come near.
 */

gboolean
cs_quantity_is_length (CsQuantity quantity)
{
  return quantity >= CS_QUANTITY_HEIGHT && quantity <= CS_QUANTITY_BASE;
}

gboolean
cs_ground_is_times (GArray *tokens,
                    guint   index)
{
  CsGroundToken *token = get (tokens, index);
  CsGroundToken *next = get (tokens, index + 1);

  return token != NULL && next != NULL && is_one_of (token, "x,*,×,by,乘,✕") && !(strcmp (token->word, "by") == 0 && next->kind == CS_GROUND_LATIN);
}

static gboolean
ends_clause (CsGroundToken *token)
{
  return token->kind == CS_GROUND_MARK && strstr (",.;!?，。；！？、()（）|/+", token->word) != NULL;
}

/* "a height of about 28 cm", "高约28厘米", "H28cm"; the word must not belong to the
 * number before
 */
CsQuantity
cs_ground_quantity_before (GArray *tokens,
                           guint   first)
{
  static const char between[] = ":,of,is,about,around,approx,approximately,in,a,the,up,to,at,=,约,为,是,大约,近,仅,达,可,有,measure,measuring,almost,nearly,just,under,over,roughly,some,only,不,过,超,逾,足,将";

  gboolean apart = FALSE;

  for (guint back = 1; back <= 5 && back <= first; back++)
    {
      CsGroundToken *token = get (tokens, first - back);
      CsQuantity     found;

      if (token->kind == CS_GROUND_DIGITS || (ends_clause (token) && !(is_word (tokens, first - back, ".") && first > back &&
                                                                       is_one_of (get (tokens, first - back - 1), "dia,diam,approx,ca,max,min,circ,app,w,h,l,d,ht,wt,about,height,width,length,depth"))))
        return CS_QUANTITY_ANY;

      if (back == 1 && token->kind == CS_GROUND_LATIN && strlen (token->word) == 1 &&
          (!get (tokens, first)->spaced || first < 2 || get (tokens, first - 2)->kind != CS_GROUND_LATIN || cs_ground_is_times (tokens, first - 2) ||
           is_one_of (get (tokens, first - 2), "cm,mm,m,in,size")))
        {
          switch (*token->word)
            {
            case 'h': return CS_QUANTITY_HEIGHT;
            case 'w': return CS_QUANTITY_WIDTH;
            case 'l': return CS_QUANTITY_LENGTH;
            case 'o': return CS_QUANTITY_ACROSS; /* "Ø", folded */
            case 'd': return CS_QUANTITY_ANY; /* depth or diameter */
            default: break;
            }
        }

      if (is_one_of (token, between) && !(back == 1 && strcmp (token->word, "around") == 0))
        continue;

      /* "平底锅 28cm": one character alone belongs to what stands beside it */
      if (apart && token->kind == CS_GROUND_HAN && !cs_ground_quantity_is_long (tokens, first - back))
        continue;
      apart = apart || token->kind == CS_GROUND_HAN;

      if ((found = cs_ground_quantity_at (tokens, first - back, TRUE)) != CS_QUANTITY_ANY)
        {
          /* "3-12岁 五年质保": the first number's unit */
          if (token->kind == CS_GROUND_HAN && first > back && get (tokens, first - back - 1)->kind == CS_GROUND_DIGITS && !token->spaced &&
              !(back == 1 && cs_quantity_is_length (found) && !get (tokens, first)->spaced))
            return CS_QUANTITY_ANY;

          /* "28 cm tall 12 cm": it was the first number's */
          for (guint more = 1; token->kind == CS_GROUND_LATIN && back == 1 && more <= 3 && first >= back + more; more++)
            {
              if (ends_clause (get (tokens, first - back - more)))
                break;
              if (get (tokens, first - back - more)->kind == CS_GROUND_DIGITS)
                return CS_QUANTITY_ANY;
            }
          return found;
        }

      if (token->kind == CS_GROUND_LATIN || back > 3)
        return CS_QUANTITY_ANY;
    }

  return CS_QUANTITY_ANY;
}

/* "28 cm tall", "280 mm in diameter", "28厘米高" */
CsQuantity
cs_ground_quantity_after (GArray *tokens,
                          guint   end,
                          guint  *n_tokens)
{
  CsQuantity found;
  guint      at = end;

  while (is_word (tokens, at, "in") || is_word (tokens, at, "of") || is_word (tokens, at, "-") || is_word (tokens, at, "的"))
    at++;

  if (get (tokens, at) == NULL || (get (tokens, at)->kind == CS_GROUND_HAN && get (tokens, at)->spaced))
    return CS_QUANTITY_ANY;

  /* In Chinese the next number may own it: "高28厘米宽12厘米" */
  if (get (tokens, at)->kind == CS_GROUND_HAN && get (tokens, at + 1) != NULL && get (tokens, at + 1)->kind == CS_GROUND_DIGITS)
    return CS_QUANTITY_ANY;

  /* Words like "warranty" are claims of their own besides */
  if ((found = cs_ground_quantity_at (tokens, at, FALSE)) != CS_QUANTITY_ANY && cs_quantity_is_length (found))
    *n_tokens = at + 1 - end;

  return found;
}

/* In "长12.5cm 宽2.2 厚0.4mm" nobody knows which */
static gboolean
has_other_length (GArray       *tokens,
                  guint         end,
                  const CsUnit *unit)
{
  for (guint i = end > 8 ? end - 8 : 1; i < end; i++)
    {
      guint         n;
      const CsUnit *other = get (tokens, i - 1)->kind == CS_GROUND_DIGITS ? cs_ground_unit_match (tokens, i, &n) : NULL;

      if (other != NULL && other->dim == CS_DIM_LENGTH && other != unit)
        return TRUE;
    }

  return FALSE;
}

/* "20 × 30 × 5 cm", "长20宽30高5厘米": the unit stands at the end only */
const CsUnit *
cs_ground_shared_unit (GArray  *tokens,
                       guint    end,
                       gboolean length)
{
  guint limit = end + 16;
  guint n;

  for (guint i = end; i < tokens->len && i < limit; i++)
    {
      CsGroundToken *token = get (tokens, i);
      const CsUnit  *unit;

      if (token->kind == CS_GROUND_DIGITS)
        {
          unit = cs_ground_unit_match (tokens, i + 1, &n);
          /* "44 H cm" */
          if (length && is_one_of (get (tokens, i + 1), "l,w,h,d") && get (tokens, i + 2) != NULL && cs_ground_unit_match (tokens, i + 2, &n) != NULL)
            unit = cs_ground_unit_match (tokens, i + 2, &n);
          if (unit != NULL && unit->dim == CS_DIM_LENGTH)
            return length && has_other_length (tokens, end, unit) ? NULL : unit;
          continue;
        }

      /* "8x10, 11x14, 16x20 inch" */
      if (is_one_of (token, ",,/,、") && i > end - 1 && i > 0 && get (tokens, i - 1)->kind == CS_GROUND_DIGITS && get (tokens, i + 1) != NULL &&
          get (tokens, i + 1)->kind == CS_GROUND_DIGITS && cs_ground_is_times (tokens, i + 2))
        continue;
      if (!cs_ground_is_times (tokens, i) && !(length && (cs_ground_quantity_at (tokens, i, FALSE) != CS_QUANTITY_ANY || is_one_of (token, "约,度,径,/,、,*,l,w,h,d"))) &&
          !(i > end && cs_ground_is_times (tokens, i - 1) && is_one_of (token, "l,w,h,d")))
        return NULL;
    }

  return NULL;
}

/* "24 cm long 18 wide": the unit that stood with the one before, or NULL */
const CsUnit *
cs_ground_length_before (GArray *tokens,
                         guint   first)
{
  for (guint i = first; i-- > 0 && first - i < 10;)
    {
      CsGroundToken *token = get (tokens, i);
      const CsUnit  *unit;
      guint          n;

      if (ends_clause (token) || token->line)
        return NULL;
      if (token->kind == CS_GROUND_DIGITS && (unit = cs_ground_unit_match (tokens, i + 1, &n)) != NULL && unit->dim == CS_DIM_LENGTH)
        return unit;
    }

  return NULL;
}

void
cs_number_add_noun (CsNumber   *number,
                    const char *noun)
{
  gsize length = strlen (number->nouns);

  if (strcmp (noun, "color") == 0 || strcmp (noun, "shade") == 0)
    noun = "colour";
  if (length == 0)
    number->nouns[length++] = ' ';
  if (length + strlen (noun) + 2 >= sizeof number->nouns)
    return;

  g_snprintf (number->nouns + length, sizeof number->nouns - length, "%s ", noun);
}

/* Its meaning, so that "slots" and "卡位" are the same */
static guint
add_meaning (CsNumber *number,
             GArray   *tokens,
             guint     index)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  guint n = cs_ground_lexicon_match (tokens, index, &entry, &key);

  for (guint i = 0; n > 0 && i < entry->n_senses; i++)
    {
      CsGroundSet set = cs_ground_concept_get_set (entry->senses[i]);

      if (set == CS_GROUND_WORD || set == CS_GROUND_MATERIAL)
        {
          g_autofree char *name = g_strdup_printf ("#%u", entry->senses[i]);

          cs_number_add_noun (number, name);
        }
    }

  return n;
}

static const char stops[] =
  "and,or,with,without,over,between,in,for,to,the,a,an,from,by,on,at,is,are,but,plus,per,each,that,which,have,has,of,each,only,total,more,less,than,high,wide,tall,long,deep,thick,"
  "across,around,large,small,available,included,pure,natural,real,genuine,brand,new,x,as,it,its,your,you,we,our,set,pack,piece";

void
cs_ground_read_nouns (GArray   *tokens,
                      guint     end,
                      CsNumber *number)
{
  const CsUnit *unit;
  guint n_unit;
  guint n_words = 0;

  for (guint i = end; i < tokens->len && n_words < 4; i++)
    {
      CsGroundToken *token = get (tokens, i);

      if (token->kind == CS_GROUND_MARK && strcmp (token->word, "-") == 0)
        continue;
      if (token->kind == CS_GROUND_HAN && (token->spaced || token->line))
        break;
      if (token->kind == CS_GROUND_HAN && i > end && is_one_of (token, "内,上,下,外") && is_word (tokens, i - 1, "以"))
        break;
      /* "一套四卷" */
      if (n_words == 0 && i > 0 && is_one_of (get (tokens, i - 1), "套,组,盒,箱,包,袋,提") && token->kind == CS_GROUND_HAN && is_one_of (token, "一,二,两,三,四,五,六,七,八,九,十") && get (tokens, i + 1) != NULL && cs_ground_unit_match (tokens, i + 1, &n_unit) != NULL)
        break;
      if (token->kind == CS_GROUND_HAN && is_one_of (token, "的,可,装,入,以,和,与,及,带,配"))
        {
          if (n_words > 0)
            break;
          continue;
        }
      if (token->kind == CS_GROUND_LATIN && (is_one_of (token, "of,pure,natural,real,genuine,organic") || (n_words == 0 && is_word (tokens, i, "the"))))
        continue;
      if ((token->kind != CS_GROUND_LATIN && token->kind != CS_GROUND_HAN) || is_one_of (token, stops) || token->line)
        break;

      cs_number_add_noun (number, token->stem);
      /* "five light modes" and "5 modes" */
      if (token->kind == CS_GROUND_LATIN && (unit = cs_ground_unit_match (tokens, i, &n_unit)) != NULL && unit->dim == CS_DIM_COUNT && unit->noun != NULL && n_unit == 1)
        cs_number_add_noun (number, unit->noun);
      /* "three-legged" has three legs */
      if (g_str_has_suffix (token->word, "ed"))
        {
          g_autofree char *root = cs_ground_root (token->word);

          cs_number_add_noun (number, root);
        }
      add_meaning (number, tokens, i);
      n_words++;
    }
}

/* In "棉55%麻45%" and "cotton 55% linen 45%" each material stands before its share;
 * the first of the clause tells
 */
gboolean
cs_ground_shares_follow (GArray *tokens,
                         guint   first)
{
  const CsGroundEntry *entry = NULL;
  guint share = first;

  for (guint i = first; i-- > 0 && !ends_clause (get (tokens, i)) && !get (tokens, i + 1)->line;)
    {
      if ((is_word (tokens, i, "%") || (is_word (tokens, i, "成") && is_one_of (get (tokens, MAX (i, 1) - 1), "一,二,两,三,四,五,六,七,八,九"))) && i > 0)
        share = i - 1;
    }

  for (guint back = 1; back <= 6 && back <= share; back++)
    {
      g_autofree char *key = NULL;
      guint n;

      if (get (tokens, share - back)->kind == CS_GROUND_DIGITS || ends_clause (get (tokens, share - back)))
        return FALSE;
      n = cs_ground_lexicon_match (tokens, share - back, &entry, &key);
      for (guint j = 0; n == back && j < entry->n_senses; j++)
        {
          if (cs_ground_concept_get_set (entry->senses[j]) == CS_GROUND_MATERIAL)
            return TRUE;
        }
    }

  return FALSE;
}

/* "羊毛含量70%", "cotton 45%": the material may stand before */
void
cs_ground_read_nouns_before (GArray   *tokens,
                             guint     first,
                             CsNumber *number)
{
  for (guint back = 1; back <= 5 && back <= first; back++)
    {
      CsGroundToken *token = get (tokens, first - back);

      if (token->kind == CS_GROUND_DIGITS || ends_clause (token) || get (tokens, first - back + 1)->line)
        return;

      add_meaning (number, tokens, first - back);
      if (token->kind == CS_GROUND_LATIN && back == 1 && !is_one_of (token, stops) && !is_one_of (token, "some,about,around,approx,approximately,up,over,under,least,most,nearly,almost,just,only,exactly,roughly,below,above,around,low,mere,full,whopping"))
        cs_number_add_noun (number, token->stem);
    }
}

CsCompare
cs_ground_compare_at (GArray *tokens,
                      guint   first,
                      guint   end)
{
  for (guint back = 1; back <= 2 && back <= first; back++)
    {
      CsGroundToken *token = get (tokens, first - back);

      if (is_one_of (token, "over,above,exceeding,>,超,逾"))
        return CS_COMPARE_OVER;
      if (is_one_of (token, "than") && first > back && is_one_of (get (tokens, first - back - 1), "more,greater,longer,larger"))
        return CS_COMPARE_OVER;
      if (is_one_of (token, "under,below,<,within") ||
          (is_one_of (token, "than") && first > back && is_one_of (get (tokens, first - back - 1), "less,fewer,smaller,shorter,lighter")))
        return CS_COMPARE_UNDER;
      if (is_one_of (token, "nearly,almost,近"))
        return CS_COMPARE_NEAR;
      if (is_one_of (token, "about,approx,approximately,around,roughly,circa,ca,some,~,≈,约"))
        return CS_COMPARE_ABOUT;
      if (is_one_of (token, "到,足") && first > back && is_word (tokens, first - back - 1, "不"))
        return CS_COMPARE_UNDER;
      if (is_one_of (token, "过,于") && first > back + 1 && is_word (tokens, first - back - 2, "不"))
        return is_one_of (get (tokens, first - back - 1), "低,少,小") ? CS_COMPARE_OVER : CS_COMPARE_UNDER;
      if (is_one_of (token, "过") && first > back && is_word (tokens, first - back - 1, "超"))
        return CS_COMPARE_OVER;
    }

  if (is_word (tokens, end, "左") && is_word (tokens, end + 1, "右"))
    return CS_COMPARE_ABOUT;
  if (is_word (tokens, end, "以") && is_word (tokens, end + 1, "上"))
    return CS_COMPARE_OVER;
  if (is_word (tokens, end, "以") && is_word (tokens, end + 1, "内"))
    return CS_COMPARE_UNDER;

  return CS_COMPARE_IS;
}

/* "3 g each", "3 g the pair", "15元一个 两个28" */
CsScope
cs_ground_scope_at (GArray *tokens,
                    guint   first,
                    guint   end)
{
  static const char each[] = "each,apiece,per,every,single,每";
  static const char all[] = "pair,total,together,altogether,all,both,two,three,four,five,six";

  for (guint i = end; i < end + 3 && i < tokens->len && !ends_clause (get (tokens, i)); i++)
    {
      if (is_word (tokens, i, "一") && is_one_of (get (tokens, i + 1), "对,双,副,套,组,提,箱"))
        return CS_SCOPE_ALL;
      /* "39 单个 / 99 三只" */
      if (i == end && is_one_of (get (tokens, i), "单,两,三,四,五,六,八,十") && is_one_of (get (tokens, i + 1), "只,个,件,条,块,双,盒,袋,支,本,张,瓶"))
        return is_word (tokens, i, "单") ? CS_SCOPE_EACH : CS_SCOPE_ALL;
      if (is_one_of (get (tokens, i), each) || (is_word (tokens, i, "一") && get (tokens, i + 1) != NULL && !is_one_of (get (tokens, i + 1), "对,双,副,套")))
        return CS_SCOPE_EACH;
      if (is_one_of (get (tokens, i), "pair,total,together,altogether,both,set"))
        return CS_SCOPE_ALL;
    }

  for (guint back = 1; back <= 3 && back <= first && !ends_clause (get (tokens, first - back)); back++)
    {
      CsGroundToken *token = get (tokens, first - back);

      if (token->kind == CS_GROUND_DIGITS && back == 2 && is_word (tokens, first - 1, "for"))
        return CS_SCOPE_ALL;
      if (is_one_of (token, "each,every,per,单,每"))
        return CS_SCOPE_EACH;
      if (is_one_of (token, "对,双,副") && back + 1 <= first && is_word (tokens, first - back - 1, "一"))
        return CS_SCOPE_ALL;
      if (is_one_of (token, "两,三,四,五") && back == 2 && !get (tokens, first)->spaced)
        return CS_SCOPE_ALL;
      if (token->kind == CS_GROUND_LATIN && back == 2 && is_word (tokens, first - 1, "for") && is_one_of (token, all))
        return CS_SCOPE_ALL;
    }

  return CS_SCOPE_OPEN;
}
