/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-claim.h"
#include "cs-ground-token.h"

/* May the characters be a given name: no word, no particle, no verb of making */
static gboolean
is_given_name (GArray  *tokens,
               guint    first,
               guint    n,
               gboolean trade)
{
  static const char particles[] = "的制作著撰设监手亲在用是和与之造";
  static const char never[] = "的制作做打绣刻绘著撰设监手亲在用是和与之造产一二三四五六七八九十两个只件色味香大小新老长高宽厚重质料品";

  for (guint i = first; i < first + n; i++)
    {
      const CsGroundEntry *entry = NULL;
      g_autofree char *key = NULL;
      CsGroundToken *token = get (tokens, i);

      if (token == NULL || token->kind != CS_GROUND_HAN || token->spaced || strstr (trade ? particles : never, token->word) != NULL)
        return FALSE;
      if (cs_ground_lexicon_match (tokens, i, &entry, &key) > 1)
        return FALSE;
    }

  return TRUE;
}

static gboolean
stands_at (GArray            *tokens,
           guint              at,
           const char *const *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = at; i < at + 3 && get (tokens, i) != NULL && get (tokens, i)->kind == CS_GROUND_HAN; i++)
    {
      g_string_append (text, get (tokens, i)->word);
      if (g_strv_contains (words, text->str))
        return TRUE;
    }

  return FALSE;
}

static const char *const trades[] = { "笔工", "绣工", "刀工", "陶工", "窑工", "织工", "银匠", "铜匠", "木匠", "篾匠", "铁匠", "石匠", "皮匠", "漆匠", "工匠", "匠人", "绣娘", "织娘",
                                      "染娘", "画师", "茶师", "师傅", "师父", "作者", "画家", "艺人", "传人", "承人", "学员", "茶农", "果农", "蜂农", "药农", "农户", "理人", "始人",
                                      "店主", "掌柜", "大师", "作家", "计师", "艺师", "影师", "译者", "艺家", "法家", "老师", "织娘", "松人", "蜜人", "茶人", "制者", "艺者", NULL };
static const char *const acts[] = { "手工", "亲手", "亲制", "亲绣", "亲绘", "制作", "手制", "手绘", "手绣", "手刻", "手打", "绘制", "绘图", "撰文", "著文", "著", "撰", "刻制", "设计", "监制",
                                    "作品", "创作", "烧制", "本人", "题字", "书写", "编著", "主编", "翻译", "译", "摄影", "之手", "亲笔", "出品", "执笔", "插画", "编织", "雕刻", "刺绣", "工作室", "工坊", "监造", "绣花", "绣", "手织", "织", "采摘", "采", "编制", "手编", "编", "剪纸", "剪",
                                    "手缝", "缝制", "缝", "手作", "手写", "手捏", "捏制", "打造", "手造", "酿造", "酿", "炒制", "炒", "种植", "种", "养殖", "养", "烘焙", "熬制", "织造", "雕", "拍摄", "主理", "烧",
                                    "钩织", "裱", "漆", "染", "拉坯", "画", "刻", "题", "书", "作", "做", "打", "制", NULL };

/* Does what somebody does for a living stand before? */
static gboolean
is_of_trade (GArray *tokens,
             guint   first)
{
  return first >= 2 && !get (tokens, first)->line && (stands_at (tokens, first - 2, trades) || (first >= 3 && is_word (tokens, first - 1, ":") && stands_at (tokens, first - 3, trades)));
}

/* "笔工王晓华", "沈知微撰文": a name of three or two characters beside what tells that
 * it is one
 */
static guint
match_whole_name (GArray *tokens,
                  guint   first)
{
  static const char plain[] = "金石白黄高马龙毛方江汤叶林万段文安常康全古车皮花温水云";
  static const char *const own[] = { "本人", "亲手", "亲自", "亲制", "亲编", "亲绣", "亲绘", "亲雕", "亲笔", "监制", "之手", "执笔", "执刀", NULL };
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;
  gboolean trade;

  if (cs_ground_lexicon_match (tokens, first, &entry, &key) > 1)
    return 0;

  trade = is_of_trade (tokens, first);
  for (guint n = 2; n >= 1; n--)
    {
      if (!is_given_name (tokens, first + 1, n, trade))
        continue;
      if (trade || (n == 2 && stands_at (tokens, first + 3, acts) &&
                    (strstr (plain, get (tokens, first)->word) == NULL || stands_at (tokens, first + 3, (const char *const[]) { "本人", "亲手", "亲自", NULL }))))
        return 1 + n;
      /* "黎伟亲手扎制" */
      if (n == 1 && strstr (plain, get (tokens, first)->word) == NULL && stands_at (tokens, first + 2, own))
        return 2;
    }

  return 0;
}

/* "王师傅", "老陈", "木槿堂": whose hand or house it is said to be from */
guint
cs_ground_person_match (GArray *tokens,
                        guint   first)
{
  static const char surnames[] =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林俞庄柳窦章苗凤花俞任袁柳唐薛鲍史岑倪殷罗毕乐时傅皮卞齐伍余元顾孟平和穆萧尹何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
  static const char *const titles[] = { "师傅", "老师", "大师", "先生", "阿姨", "爷爷", "奶奶", "大叔", "大姐", "大爷", "大娘", "女士", "匠人", "氏", NULL };
  static const char *const elders[] = { "老", "小", "阿", NULL };
  CsGroundToken *token = get (tokens, first);
  CsGroundToken *next = get (tokens, first + 1);
  const CsGroundEntry *entry = NULL;
  g_autofree char *key = NULL;

  /* "阿不绘制", "画师阿蚕" */
  if (strcmp (token->word, "阿") == 0 && next != NULL && next->kind == CS_GROUND_HAN && !next->spaced && cs_ground_lexicon_match (tokens, first, &entry, &key) < 2 &&
      (is_of_trade (tokens, first) || stands_at (tokens, first + 2, acts)))
    return 2;
  g_clear_pointer (&key, g_free);

  if (g_strv_contains (elders, token->word) && next != NULL && next->kind == CS_GROUND_HAN && strstr (surnames, next->word) != NULL &&
      cs_ground_lexicon_match (tokens, first + 1, &entry, &key) < 2)
    return 2;

  if (strstr (surnames, token->word) == NULL && !is_word (tokens, first + 1, "姓"))
    return 0;
  /* "霍姓画师" */
  if (is_word (tokens, first + 1, "姓") && is_glued (tokens, first + 1) && is_glued (tokens, first + 2) && get (tokens, first + 2)->kind == CS_GROUND_HAN)
    return 1;

  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GString) title = g_string_new (NULL);

      for (guint i = first + n; i < first + n + 2 && get (tokens, i) != NULL && get (tokens, i)->kind == CS_GROUND_HAN; i++)
        g_string_append (title, get (tokens, i)->word);
      if (g_strv_contains (titles, title->str) || (n == 1 && g_str_has_prefix (title->str, "氏")))
        return n;
      if (get (tokens, first + n) == NULL || get (tokens, first + n)->kind != CS_GROUND_HAN || get (tokens, first + n)->spaced)
        break;
    }

  return match_whole_name (tokens, first);
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

  if (token->kind != CS_GROUND_LATIN || next == NULL || next->line || is_word (tokens, first + 2, "out"))
    return 0;

  code = token->shout && g_strv_contains (codes, token->word);
  if (!code && !g_strv_contains (heads, token->word))
    return 0;

  if (!(next->kind == CS_GROUND_DIGITS && (code || strlen (next->word) == 1)) &&
      !(!code && next->kind == CS_GROUND_LATIN && next->shout && (strlen (next->word) == 1 || strspn (next->word, "iv") == strlen (next->word))))
    return 0;

  return cs_ground_lexicon_match (tokens, first, &entry, &known) > 1 ? 0 : 2;
}
