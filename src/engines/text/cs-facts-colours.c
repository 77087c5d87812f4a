/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-facts.h"

/* A colour that was seen in a photo is said only where the seller's own words
 * say none: "blue mug" is not "Blue Mug, Blue", nor is "navy 卫衣" "蓝色".
 */

/* Colours that pass for each other, in both languages */
typedef struct
{
  const char *latin[8];
  const char *han[6];
} Family;

static const Family families[] = {
  { { "white", "ivory", "cream", "off-white", "off white" }, { "白", "象牙色", "奶油色", "米色" } },
  { { "black", "charcoal", "jet" }, { "黑" } },
  { { "grey", "gray", "charcoal", "silver" }, { "灰", "银" } },
  { { "beige", "cream", "tan", "khaki", "oatmeal", "camel" }, { "米色", "米白", "驼色", "卡其", "杏色", "裸色" } },
  { { "brown", "chestnut", "camel", "tan", "maroon" }, { "棕", "褐", "咖色", "咖啡色", "驼色", "焦糖色" } },
  { { "red", "burgundy", "maroon", "crimson", "wine", "rust" }, { "红" } },
  { { "pink", "rose", "blush", "peach", "coral", "magenta", "fuchsia" }, { "粉色", "粉红", "玫红", "豆沙色", "浅粉" } },
  { { "orange", "peach", "coral", "rust" }, { "橙", "橘", "杏色", "珊瑚色" } },
  { { "yellow", "mustard", "gold", "golden" }, { "黄", "金色" } },
  { { "green", "olive", "sage", "mint", "emerald", "lime", "teal", "turquoise" }, { "绿", "青色", "天青" } },
  { { "blue", "navy", "indigo", "teal", "turquoise", "cyan", "aqua", "cobalt" }, { "蓝", "藏青", "青色", "天青", "靛" } },
  { { "purple", "violet", "lavender", "lilac", "plum", "mauve", "magenta", "indigo" }, { "紫", "藕色" } },
};

/* As a word of its own */
static gboolean
has_word (const char *folded,
          const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (folded, word); at != NULL; at = strstr (at + 1, word))
    {
      if ((at == folded || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[length]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
names_family (const Family *family,
              const char   *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (family->latin) && family->latin[i] != NULL; i++)
    {
      if (has_word (folded, family->latin[i]))
        return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (family->han) && family->han[i] != NULL; i++)
    {
      if (strstr (folded, family->han[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* "红玛瑙" is red whatever the light in the photo says, and what it hangs on is not its colour */
static gboolean
names_colour (const char *text)
{
  g_autofree char *folded = cs_text_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (names_family (&families[i], folded))
        return TRUE;
    }

  return FALSE;
}

/* Things that are sold for what is in the package: its colour is not theirs */
static gboolean
is_food (CsFacts *self,
         CsTerm  *term)
{
  g_autofree char *folded = cs_text_fold (term->text);

  if (!term->head || term->role != CS_ROLE_PRODUCT)
    return FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if ((self->script == CS_SCRIPT_HAN || p == folded || p[-1] == ' ') &&
          cs_lexicon_contains (self->script, CS_WORDS_FOOD, p))
        return TRUE;
    }

  return FALSE;
}

/* Is a colour of a photo one that need not be said? */
static gboolean
is_needless (CsFacts *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->kind == CS_FACT_COLOUR || term->role == CS_ROLE_VIEW)
        continue;

      if (term->role == CS_ROLE_COLOUR || is_food (self, term) || names_colour (term->text))
        return TRUE;
    }

  return FALSE;
}

/**
 * cs_facts_settle_colours:
 *
 * Takes away the colours of photos that need not be said. Last of all: names of
 * files may say one, and they are read after the photos.
 */
void
cs_facts_settle_colours (CsFacts *self)
{
  for (guint i = self->terms->len; i-- > 0;)
    {
      CsTerm *term = self->terms->pdata[i];

      if (term->kind == CS_FACT_COLOUR && is_needless (self))
        g_ptr_array_remove_index (self->terms, i);
    }
}
