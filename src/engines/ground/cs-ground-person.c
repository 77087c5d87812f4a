/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-claim.h"
#include "cs-ground-token.h"

/* "王师傅", "老陈", "木槿堂": whose hand or house it is said to be from */
guint
cs_ground_person_match (GArray *tokens,
                        guint   first)
{
  static const char surnames[] =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
  static const char *const titles[] = { "师傅", "老师", "大师", "先生", "阿姨", "爷爷", "奶奶", "大叔", "大姐", "大爷", "大娘", "女士", "匠人", "氏", NULL };
  static const char *const elders[] = { "老", "小", "阿", NULL };
  CsGroundToken *token = get (tokens, first);
  CsGroundToken *next = get (tokens, first + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  if (g_strv_contains (elders, token->word) && next != NULL && next->kind == CS_GROUND_HAN && strstr (surnames, next->word) != NULL &&
      cs_ground_lexicon_match (tokens, first + 1, &entry, &key) < 2)
    return 2;

  if (strstr (surnames, token->word) == NULL)
    return 0;

  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GString) title = g_string_new (NULL);

      for (guint i = first + n; i < first + n + 2 && get (tokens, i) != NULL && get (tokens, i)->kind == CS_GROUND_HAN; i++)
        g_string_append (title, get (tokens, i)->word);
      if (g_strv_contains (titles, title->str) || (n == 1 && g_str_has_prefix (title->str, "氏")))
        return n;
      if (get (tokens, first + n) == NULL || get (tokens, first + n)->kind != CS_GROUND_HAN)
        return 0;
    }

  return 0;
}

guint
cs_ground_grade_match (GArray *tokens,
                       guint   first)
{
  static const char *const heads[] = { "class", "level", "grade", "category", "type", NULL };
  static const char *const codes[] = { "en", "iso", "iec", "astm", "din", "ansi", "bs", "nf", "jis", NULL };
  CsGroundToken *token = get (tokens, first);
  CsGroundToken *next = get (tokens, first + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *known = NULL;
  gboolean code;

  if (token->kind != CS_GROUND_LATIN || next == NULL || next->line)
    return 0;

  code = token->shout && g_strv_contains (codes, token->word);
  if (!code && !g_strv_contains (heads, token->word))
    return 0;

  if (!(next->kind == CS_GROUND_DIGITS && (code || strlen (next->word) == 1)) &&
      !(!code && next->kind == CS_GROUND_LATIN && next->shout && (strlen (next->word) == 1 || strspn (next->word, "iv") == strlen (next->word))))
    return 0;

  return cs_ground_lexicon_match (tokens, first, &entry, &known) > 1 ? 0 : 2;
}
