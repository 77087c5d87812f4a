/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-ground-claim.h"
#include "cs-ground-token.h"

/* What a colour or a material is said of: in "white print on a black shirt" the
 * print is white, in "strap in black leather" the strap is black, in "杯身玻璃，
 * 杯盖竹制" the lid is of bamboo. Heads are words, or "#" with their meaning.
 */

#define MAX_HEADS 3

static const char stops[] =
  "and,or,with,in,for,to,the,a,an,from,by,on,at,is,are,but,plus,per,each,that,which,have,has,of,only,all,it,its,your,you,we,our,as,made,also,"
  "available,colour,color,material,fabric,finish,tone,shade,look,style,effect,natural,pure,real,genuine,solid,soft,fine,version,option,design,"
  "coloured,colored,or,not,no,inside,outside,throughout,so,can,will,was,were,this,these,set,pair,piece,wood,metal,yarn,blend,mix,content,who";
/* Soft words of Chinese that name a side of a thing all the same */
static const char sides[] =
  "面,身,口,沿,边,底,里,杯身,壶身,瓶身,盒身,机身,鞋面,外面,里面,外层,内层,表面,内侧,外侧,内壁,外壁,正面,背面,外壳,壳,底色,碗口,包身,锅身,"
  "面料,外皮,芯,胎,胎体,盘面,桌面,椅面,扇面,伞面,封面,内页,字,花,图案,镜面,帽檐,鞋底,鞋垫,袋身,衣身";

static CsGroundClaim *
claim_at (GArray *claims,
          GArray *places,
          guint   token)
{
  for (guint i = 0; i < places->len; i++)
    {
      if (g_array_index (places, guint, i) == token)
        return &g_array_index (claims, CsGroundClaim, i);
    }

  return NULL;
}

static gboolean
is_trait (CsGroundClaim *claim)
{
  return claim != NULL && (claim->set == CS_GROUND_MATERIAL || claim->set == CS_GROUND_COLOUR);
}

/* The token that follows what the claim takes */
static guint
token_after (GArray        *tokens,
             CsGroundClaim *claim)
{
  guint i = 0;

  while (get (tokens, i) != NULL && get (tokens, i)->start < claim->end)
    i++;

  return i;
}

static void
add_head (GString    *heads,
          const char *word)
{
  g_string_append_printf (heads, "%s%s ", heads->len == 0 ? " " : "", word);
}

static void
add_meanings (GString             *heads,
              const CsGroundEntry *entry)
{
  for (guint i = 0; i < entry->n_senses; i++)
    {
      g_autofree char *id = g_strdup_printf ("#%u", entry->senses[i]);

      if (cs_ground_concept_get_set (entry->senses[i]) == CS_GROUND_WORD)
        add_head (heads, id);
    }
}

static void
add_latin_head (GString *heads,
                GArray  *tokens,
                guint    at)
{
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  g_autofree char *root = cs_ground_root (get (tokens, at)->word);

  add_head (heads, root);
  if (cs_ground_lexicon_match (tokens, at, &entry, &key) == 1)
    add_meanings (heads, entry);
}

static gboolean
is_joint (GArray *tokens,
          guint   at)
{
  return is_one_of (get (tokens, at), "and,or,&,/,-,+");
}

/* "black leather strap": what follows, over other traits */
static void
find_after (GArray  *tokens,
            GArray  *claims,
            GArray  *places,
            guint    at,
            GString *heads)
{
  gboolean joined = FALSE;
  guint    n = 0;

  for (guint i = at; i < tokens->len && i < at + 8 && n < MAX_HEADS;)
    {
      CsGroundToken *token = get (tokens, i);
      CsGroundClaim *other = claim_at (claims, places, i);
      guint          next = i + 1;

      if (n == 0 && is_trait (other))
        {
          i = MAX (token_after (tokens, other), next);
          continue;
        }
      if (n == 0 && is_joint (tokens, i) && (is_word (tokens, i, "-") || is_trait (claim_at (claims, places, next))))
        {
          joined = !is_word (tokens, i, "-");
          i = next;
          continue;
        }
      /* "beeswax and cocoa butter" are two, and neither is said of a butter */
      if (joined && is_one_of (token, "butter,oil,oils,milk,powder,seed,seeds,extract,wax,water,juice,paste,gum,bran,husk,shell,syrup,sugar,salt,acid"))
        return;
      if (token->kind != CS_GROUND_LATIN || token->line || is_one_of (token, stops) || strstr (" colour color material fabric ", token->stem) != NULL || strlen (token->word) < 2 || is_trait (other))
        return;

      if (n > 0 && g_str_has_suffix (token->word, "ed"))
        return;
      add_latin_head (heads, tokens, i);
      n++;
      i = next;
    }
}

/* Does a mark come after the trait at token at? */
static gboolean
follows_list (GArray *tokens,
              GArray *claims,
              GArray *places,
              guint   at)
{
  CsGroundClaim *claim = claim_at (claims, places, at);
  CsGroundToken *next = claim != NULL ? get (tokens, token_after (tokens, claim)) : NULL;

  return next == NULL || next->kind == CS_GROUND_MARK;
}

/* Is the token a word of a colour or a material? */
static gboolean
is_within_trait (GArray        *claims,
                 CsGroundToken *token)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);

      if (is_trait (claim) && claim->start <= token->start && token->end <= claim->end)
        return TRUE;
    }

  return FALSE;
}

/* "strap in black", "the lid is made of wood", "lid: wood" */
static void
find_before (GArray  *tokens,
             GArray  *claims,
             GArray  *places,
             guint    at,
             GString *heads)
{
  gboolean linked = FALSE;

  for (guint i = at; i > 0 && at - i < 6; i--)
    {
      CsGroundToken *token = get (tokens, i - 1);

      if (is_one_of (token, "in,of,is,are,:,from,out,made,a,an,the,all,solid,pure"))
        {
          linked = linked || is_one_of (token, "in,of,is,are,:,from");
          continue;
        }
      /* "Bottle: brown glass" */
      if (!linked && is_within_trait (claims, token))
        continue;
      /* "wagons yellow, blue, green" */
      if (!linked && i == at && follows_list (tokens, claims, places, at) && token->kind == CS_GROUND_LATIN && !is_one_of (token, stops) && strlen (token->word) > 2 &&
          g_strcmp0 (token->word, token->stem) != 0)
        linked = !is_one_of (token, "colours,colors,materials,sizes,comes,has,is");
      if (!linked || token->kind != CS_GROUND_LATIN || is_one_of (token, stops) || is_trait (claim_at (claims, places, i - 1)))
        return;
      add_latin_head (heads, tokens, i - 1);
      return;
    }
}

/* "Straps: veg tan bridle leather": what the field is called, where its first words tell
 * which one
 */
static void
find_key (GArray  *tokens,
          guint    at,
          GString *heads)
{
  guint i = at;

  while (i > 0 && at - i < 4 && get (tokens, i - 1)->kind == CS_GROUND_LATIN && !is_one_of (get (tokens, i - 1), stops) && !get (tokens, i)->line)
    i--;
  if (i < at && i > 1 && i <= 3 && is_word (tokens, i - 1, ":") && get (tokens, i - 2)->kind == CS_GROUND_LATIN && !is_one_of (get (tokens, i - 2), stops) &&
      !is_one_of (get (tokens, i - 2), "title,item,name,product,note,notes,listing,what,sku,part,made,composition"))
    add_latin_head (heads, tokens, i - 2);
}

/* Does the Chinese clause of token at begin with a thing or a side of it? Then
 * things stand before what is said of them.
 */
static gboolean
begins_with_thing (GArray *tokens,
                   GArray *claims,
                   GArray *places,
                   guint   at)
{
  guint          i = at;
  CsGroundClaim *claim;
  g_autofree char *two = NULL;

  while (i > 0 && get (tokens, i - 1)->kind == CS_GROUND_HAN && !get (tokens, i)->spaced && !get (tokens, i)->line)
    i--;
  if (i == at)
    return FALSE;
  if ((claim = claim_at (claims, places, i)) != NULL)
    return claim->set == CS_GROUND_WORD && token_after (tokens, claim) <= at;

  two = i + 1 < at ? g_strconcat (get (tokens, i)->word, get (tokens, i + 1)->word, NULL) : NULL;

  return (two != NULL && g_strstr_len (sides, -1, two) != NULL) || is_one_of (get (tokens, i), sides);
}

static void
add_han_claim (GString       *heads,
               CsGroundClaim *claim)
{
  if (claim->key != NULL)
    add_head (heads, claim->key);
  add_meanings (heads, &claim->meaning);
}

/* A side that is a soft word, from token first to end */
static gboolean
add_side (GString *heads,
          GArray  *tokens,
          guint    first,
          guint    end)
{
  g_autoptr (GString) word = g_string_new (NULL);

  for (guint i = first; i < end; i++)
    g_string_append (word, get (tokens, i)->word);

  for (const char *found = strstr (sides, word->str); found != NULL; found = strstr (found + 1, word->str))
    {
      if ((found == sides || found[-1] == ',') && (found[word->len] == ',' || found[word->len] == '\0'))
        {
          add_head (heads, word->str);
          return TRUE;
        }
    }

  return FALSE;
}

static void
find_han_before (GArray  *tokens,
                 GArray  *claims,
                 GArray  *places,
                 guint    at,
                 GString *heads)
{
  guint end = at;

  if (get (tokens, at)->spaced && !(at > 0 && is_word (tokens, at - 1, ":")))
    return;

  while (end > 0 && at - end < 3 && is_one_of (get (tokens, end - 1), ":,是,为,用,采,选,的,也,都,均,同,样") && (!get (tokens, end)->spaced || is_word (tokens, end - 1, ":")))
    end--;

  for (guint n = 4; n >= 1; n--)
    {
      CsGroundClaim *claim = end >= n ? claim_at (claims, places, end - n) : NULL;

      if (claim != NULL && claim->set == CS_GROUND_WORD && token_after (tokens, claim) == end)
        {
          add_han_claim (heads, claim);
          return;
        }
      if (end >= n && n <= 2 && add_side (heads, tokens, end - n, end))
        return;
    }
}

/* The head of "茶壶盖" is 盖; of what goes on with something else nobody knows */
static void
add_last_han (GArray        *tokens,
              GArray        *claims,
              GArray        *places,
              CsGroundClaim *claim,
              GString       *heads)
{
  for (guint n = 0; n < 3; n++)
    {
      guint          end = token_after (tokens, claim);
      CsGroundClaim *next = is_glued (tokens, end) ? claim_at (claims, places, end) : NULL;

      if (next == NULL || get (tokens, end)->kind != CS_GROUND_HAN)
        break;
      if (next->set != CS_GROUND_WORD)
        return;
      claim = next;
    }

  add_han_claim (heads, claim);
}

static void
find_han_after (GArray  *tokens,
                GArray  *claims,
                GArray  *places,
                guint    end,
                GString *heads)
{
  guint at = end;
  CsGroundClaim *claim;

  while (is_one_of (get (tokens, at), "的,制,质,色,材,做,作,成") && is_glued (tokens, at))
    at++;
  if (!is_glued (tokens, at) || get (tokens, at)->kind != CS_GROUND_HAN)
    return;
  if ((claim = claim_at (claims, places, at)) != NULL && claim->set == CS_GROUND_WORD)
    {
      add_last_han (tokens, claims, places, claim, heads);
      return;
    }
  if (get (tokens, at + 1) != NULL && add_side (heads, tokens, at, at + 2))
    return;
  add_side (heads, tokens, at, at + 1);
}

/* In a list each is said of what the one before is */
static void
inherit (GArray  *tokens,
         GArray  *claims,
         GArray  *places,
         guint    which,
         GString *heads)
{
  CsGroundClaim *before = which > 0 ? &g_array_index (claims, CsGroundClaim, which - 1) : NULL;
  guint          end = before != NULL ? token_after (tokens, before) : 0;
  guint          first = g_array_index (places, guint, which);

  if (before == NULL || before->heads == NULL || before->set != g_array_index (claims, CsGroundClaim, which).set || !(end == first || end + 1 == first) ||
      (end < first && !is_one_of (get (tokens, end), ",,/,and,&,、,+,-,配,拼,与,和")) || (end == first && !(g_array_index (places, guint, which - 1) > 0 && is_word (tokens, g_array_index (places, guint, which - 1) - 1, ":") && is_glued (tokens, first))))
    return;
  if (is_word (tokens, end, ",") || !is_word (tokens, end, ";"))
    g_string_assign (heads, before->heads);
}

void
cs_ground_find_heads (GArray *tokens,
                      GArray *claims,
                      GArray *places)
{
  for (guint i = 0; i < claims->len; i++)
    {
      CsGroundClaim *claim = &g_array_index (claims, CsGroundClaim, i);
      guint          first = g_array_index (places, guint, i);
      guint          end;
      g_autoptr (GString) heads = NULL;

      if (!is_trait (claim))
        continue;

      heads = g_string_new (NULL);
      end = token_after (tokens, claim);
      if (get (tokens, first)->kind == CS_GROUND_HAN)
        {
          if (begins_with_thing (tokens, claims, places, first))
            find_han_before (tokens, claims, places, first, heads);
          if (heads->len == 0)
            find_han_after (tokens, claims, places, end, heads);
          if (heads->len == 0)
            find_han_before (tokens, claims, places, first, heads);
        }
      else
        {
          find_after (tokens, claims, places, end, heads);
          if (heads->len == 0)
            find_before (tokens, claims, places, first, heads);
          if (heads->len == 0)
            find_key (tokens, first, heads);
        }
      if (heads->len == 0)
        inherit (tokens, claims, places, i, heads);
      if (heads->len > 0)
        claim->heads = g_string_free_and_steal (g_steal_pointer (&heads));
    }
}
