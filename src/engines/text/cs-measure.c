/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-parse.h"

/* Numbers with units. What is found is kept letter for letter: "28cm" never
 * becomes another number, and no unit is converted.
 */

#define NUMBER "(?:\\d+(?:[.,]\\d+)?|\\d+/\\d+)"
/* One, a range, or several dimensions: 28, 20-25, 30×40*50 */
#define NUMBERS NUMBER "(?:\\s*(?:cm|mm|m|in|厘米|米)?\\s*(?:[-–~～至到+]|[x×X*✕])\\s*" NUMBER ")*"
#define UNIT    "(?:厘米|毫米|公分|英寸|寸|米|千克|公斤|毫克|克|斤|两|毫升|升|瓦|伏|毫安时?|赫兹|千米|公里|小时|分钟|英尺|寸屏|码" \
             "|cm|mm|km|kg|mg|mL|ml|ML|cl|oz|lbs?|mAh|Wh|kW|Hz|kHz|GB|TB|MB|inch(?:es)?|inches|feet|foot|ft|in|"                   \
             "dpi|MP|[mgLlWVA]|℃|°C|\"|″|”|'')"
#define EDGE        "(?![A-Za-z0-9])"
#define HAN_LABEL   "(?:座高|座宽|柄长|杆长|全高|承重|载重|限重|额定功率|直径|口径|内径|外径|底径|杯口|高度|高|长度|全长|长|宽度|宽|深度|深|厚度|厚|净含量|净重|毛重|重量|重|容量|尺寸|尺码|规格|大小|周长|圈口|胸围|衣长|裙长|裤长|袖长|肩宽|腰围|臀围|头围|帽围|鞋码|鞋跟|跟高|筒高|链长|吊坠|圆径|珠径|屏幕|内存|功率|电压|续航)"
#define LATIN_LABEL "(?:diameter|dia\\.?|width|height|length|depth|weight|net wt\\.?|net weight|capacity|volume|size|hold(?:s|ing)|measur(?:es|ing)|weigh(?:s|ing)|up to|approx(?:imately|\\.)?|about|around)"
#define LATIN_AFTER "(?:in diameter|diameter|wide|tall|high|long|deep|thick|in height|in width|in length|in depth|capacity|square|across|each|screen|cord|chain|drop|jar|bottle|tin|bag|box|can|tube|pouch|skein|ball|bar|roll)"

typedef struct
{
  CsRole      role;
  const char *pattern;
} Measure;

/* Tried in this order; what an earlier one took a later one cannot */
static const Measure han_measures[] = {
  { CS_ROLE_PRICE, "(?:售价|价格|单价|原价|现价|特价|批发价|价)\\s*[:：]?\\s*[¥￥$]?\\s*\\d+(?:\\.\\d+)?\\s*(?:元|块钱?|rmb)?|[¥￥]\\s*\\d+(?:\\.\\d+)?(?:\\s*元)?|\\d+(?:\\.\\d+)?\\s*(?:元|块钱)(?:/[个只件条双套斤])?|(?:库存|现货)\\s*[:：]?\\s*\\d+\\s*[个只件条双套]?" },
  { CS_ROLE_AUDIENCE, "(?:适合|适用|适用于)?\\s*\\d+(?:\\s*[-–~～至到]\\s*\\d+)?个?(?:周?岁|月龄)(?:以上|以下|\\+|左右|内)?(?:的?(?:宝宝|儿童|孩子|幼儿))?" },
  { CS_ROLE_MATERIAL, "\\d+(?:\\.\\d+)?\\s*[%％]\\s*(?:新疆|有机|精梳)?(?:长绒棉|桑蚕丝|聚酯纤维|莫代尔|粘纤|棉花|亚麻|苎麻|羊毛|羊绒|山羊绒|真丝|蚕丝|涤纶|氨纶|腈纶|锦纶|尼龙|天丝|竹纤维|棉|麻)|(?:桑蚕丝|聚酯纤维|亚麻|羊毛|羊绒|真丝|涤纶|氨纶|棉|麻)(?:含量)?\\s*\\d+(?:\\.\\d+)?\\s*[%％]" },
  { CS_ROLE_SIZE, HAN_LABEL "\\s*[:：]?\\s*(?:约|大约)?\\s*" NUMBERS "\\s*" UNIT "?(?:\\s*[x×X*✕]\\s*" HAN_LABEL "\\s*" NUMBER "\\s*" UNIT "?)*" EDGE "(?:左右|以上|以内)?" },
  { CS_ROLE_SIZE, "(?:EU|US|UK|eu|us|uk)\\s?\\d{1,2}(?:\\.5)?(?:[-–~～]\\d{1,2}(?:\\.5)?)?" EDGE },
  { CS_ROLE_SIZE, "(?:约|大约)?" NUMBERS "\\s*" UNIT EDGE "(?:左右|以上|以内)?(?:[长高宽深厚])?(?:\\s*[*xX×]\\s*\\d+\\s*[袋包瓶罐盒支片个])?" },
  { CS_ROLE_SIZE, "(?<![A-Za-z0-9])(?:XXS|XS|S|M|L|XL|XXL|XXXL|[2-6]XL)(?:\\s*[-–~～/、,，到至]\\s*(?:XXS|XS|S|M|L|XL|XXL|XXXL|[2-6]XL))*\\s*码?" EDGE "|均码" },
  { CS_ROLE_QUANTITY, "(?<![^\\s，,])[一二两三四五六七八九十]+(?:对|双|套)(?![\\p{Han}])|[一二两三四五六七八九十\\d]+\\s*(?:件套|件装|只装|个装|支装|片装|包装|袋装|瓶装|盒装|条装|双装|张装|头装|罐装|枚装|块装|粒装|卷装|人份|个/盒|个一套|只一套|件一套)|(?<![\\d.])\\d+\\s*(?:只|个|件|支|片|块|瓶|盒|条|双|对|张|枚|颗|粒|卷|罐|袋|包|套|副|本|人|层|格|色|键|寸|档|头|芯|股|针|孔)(?:\\s*[/每]?\\s*[盒套包袋箱])?(?:装|入)?" },
};

static const Measure latin_measures[] = {
  { CS_ROLE_PRICE, "(?:price:?\\s*)?(?:[$€£¥]\\s?\\d+(?:[.,]\\d+)*|\\d+(?:[.,]\\d+)*\\s?(?:€|£|USD|EUR|GBP|usd|eur|gbp|dollars|euros?)" EDGE ")|\\d+\\s+in stock" EDGE },
  { CS_ROLE_MATERIAL, "\\d+(?:\\.\\d+)?\\s?%\\s?(?:organic |pima |merino |recycled |mulberry |pure |genuine |lambs|virgin )?(?:cotton|linen|wool|silk|cashmere|polyester|elastane|spandex|nylon|viscose|rayon|hemp|bamboo|alpaca|acrylic|modal|tencel|lyocell|leather|mohair|beeswax|soy wax)(?:(?:,| and|/| &)?\\s+\\d+(?:\\.\\d+)?\\s?%\\s?[a-z]+)*" EDGE },
  { CS_ROLE_AUDIENCE, "(?:from|for|ages?|aged)\\s+\\d+(?:\\s*[-–]\\s*\\d+)?\\s*(?:\\+|years?(?: old)?|months?|yrs?)(?![a-z])|ages?\\s+\\d+(?:\\s*[-–]\\s*\\d+)?\\+?" EDGE },
  { CS_ROLE_QUANTITY, "(?:set|pack|box|lot|bundle|pair) of (?:\\d+|two|three|four|five|six|eight|ten|twelve)" EDGE "|\\d+[ -](?:pack|piece|pieces|pcs|pc|count|ct|pairs|pair)(?: set)?" EDGE },
  { CS_ROLE_SIZE, "sizes?:?\\s+(?:(?:XXS|XS|S|M|L|XL|XXL|[2-5]XL|one size)" EDGE "(?:\\s*(?:[-–/,]|to)\\s*(?:XXS|XS|S|M|L|XL|XXL|[2-5]XL)" EDGE ")*|(?:EU|US|UK)?\\s?\\d{1,2}(?:\\.5)?(?:\\s*[-–]\\s*\\d{1,2}(?:\\.5)?)?" EDGE ")|one size(?: fits (?:all|most))?" EDGE },
  { CS_ROLE_SIZE, "(?:EU|US|UK)\\s?\\d{1,2}(?:\\.5)?(?:[-–]\\d{1,2}(?:\\.5)?)?" EDGE },
  { CS_ROLE_SIZE, "(?:" LATIN_LABEL ":?\\s+){0,3}(?<![\\d.A-Za-z])" NUMBERS "[ -]?" UNIT EDGE "(?:\\s+x\\s+" NUMBER "\\s?" UNIT EDGE ")*(?:\\s+(?:tall|wide|long)? ?" LATIN_AFTER EDGE ")?" },
  { CS_ROLE_SIZE, "(?<![A-Za-z0-9'])(?:XXS|XS|XL|XXL|XXXL|[2-5]XL|[SML](?=\\s*[-–/,]\\s*(?:S|M|L|XL|XXL)\\b))(?:\\s*[-–/,]\\s*(?:XXS|XS|S|M|L|XL|XXL|[2-5]XL))*" EDGE },
};

static GRegex *
get_regex (CsScript script,
           guint    index)
{
  static gsize   once;
  static GRegex *han[G_N_ELEMENTS (han_measures)];
  static GRegex *latin[G_N_ELEMENTS (latin_measures)];

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (han); i++)
        han[i] = g_regex_new (han_measures[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (latin); i++)
        latin[i] = g_regex_new (latin_measures[i].pattern, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
      g_once_init_leave (&once, 1);
    }

  return script == CS_SCRIPT_HAN ? han[index] : latin[index];
}

static gboolean
overlaps (GArray *tokens,
          guint   start,
          guint   end)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      CsToken *token = &g_array_index (tokens, CsToken, i);

      if (start < token->end && token->start < end)
        return TRUE;
    }

  return FALSE;
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  return (int) ((const CsToken *) a)->start - (int) ((const CsToken *) b)->start;
}

static void
add_matches (GArray     *tokens,
             GRegex     *regex,
             CsRole      role,
             const char *text,
             guint       start,
             guint       end)
{
  g_autoptr (GMatchInfo) match = NULL;

  g_assert (regex != NULL);

  /* From the beginning of the text, so that a look-behind sees what is there */
  g_regex_match_full (regex, text, end, start, 0, &match, NULL);

  while (g_match_info_matches (match))
    {
      int     from;
      int     to;
      CsToken token = { .role = role };

      g_match_info_fetch_pos (match, 0, &from, &to);
      while (to > from && text[to - 1] == ' ')
        to--;
      while (from < to && text[from] == ' ')
        from++;

      token.start = from;
      token.end = to;
      if (to > from && !overlaps (tokens, from, to))
        g_array_append_val (tokens, token);

      g_match_info_next (match, NULL);
    }
}

GArray *
cs_parse_measures (CsScript    script,
                   const char *text,
                   guint       start,
                   guint       end)
{
  GArray        *tokens = g_array_new (FALSE, TRUE, sizeof (CsToken));
  const Measure *measures = script == CS_SCRIPT_HAN ? han_measures : latin_measures;
  guint          n = script == CS_SCRIPT_HAN ? G_N_ELEMENTS (han_measures) : G_N_ELEMENTS (latin_measures);

  for (guint i = 0; i < n; i++)
    add_matches (tokens, get_regex (script, i), measures[i].role, text, start, end);

  g_array_sort (tokens, compare_starts);

  return tokens;
}
