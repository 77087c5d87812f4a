/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "cs-ground-cases.h"
#include "cs-ground-sheet.h"
#include "cs-ground.h"
#include "cs-grounding-set.h"

static const CsGroundCase numbers[] = {
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "28 cm high", YES },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "280 mm tall", YES },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "11 inches tall", YES },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "11.0 in tall", YES },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "11.5 in tall", NOT },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "28cm wide", NOT },
  { "{\"height\": \"28cm\", \"width\": \"12cm\"}", "weighs 300 g", NEW },
  { "{\"高\": \"28厘米\"}", "高280毫米", YES },
  { "{\"高\": \"28厘米\"}", "高三十厘米", NOT },
  { "{\"note\": \"250克罐装\"}", "半斤装", YES },
  { "{\"note\": \"250克罐装\"}", "一斤装", NOT },
  { "{\"note\": \"净重2.1公斤\"}", "四斤二两", YES },
  { "{\"note\": \"六个卡位\"}", "six card slots", YES },
  { "{\"note\": \"six card slots\"}", "8 card slots", NOT },
  { "{\"note\": \"a set of four cups\"}", "4-piece set", YES },
  { "{\"note\": \"a set of four cups\"}", "set of 6", NEW },
  { "{\"size\": \"20x30x5 cm\"}", "20*30*5厘米", YES },
  { "{\"size\": \"20x30x5 cm\"}", "20 x 40 cm", NOT },
  { "{\"size\": \"100x180\"}", "1 x 1.8 m", YES },
  { "{\"note\": \"chain 40-45 cm\"}", "40 to 45 cm chain", YES },
  { "{\"note\": \"chain 40-45 cm\"}", "40 to 50 cm chain", NOT },
  { "{\"note\": \"1,200 mAh battery\"}", "1200 mAh", YES },
  { "{\"note\": \"frost proof to -20C\"}", "down to minus 20 °C", YES },
  { "{\"note\": \"oven safe to 180 °C\"}", "up to 356 °F", YES },
  { "{\"note\": \"2 year warranty\"}", "24-month warranty", YES },
  { "{\"note\": \"2 year warranty\"}", "5 year warranty", NOT },
  { "{\"price\": \"68元\"}", "售价六十八元", YES },
  { "{\"price\": \"$24.00\"}", "only 24 dollars", YES },
  { "{\"note\": \"55% linen, 45% cotton\"}", "45 % cotton", YES },
  { "{\"note\": \"55% linen, 45% cotton\"}", "45% linen", NOT },
  { "{\"note\": \"70%羊毛 30%锦纶\"}", "羊毛含量七成", YES },
  { "{\"size\": \"S-XXL\"}", "also in XL", YES },
  { "{\"size\": \"S, M\"}", "size XL", NOT },
  { "{\"note\": \"cotton, 2½ lb\"}", "1.13 kg", YES },
  { "{\"note\": \"200g*2瓶\"}", "共400克", YES },
  { "{\"note\": \"model XJ-200\"}", "the XJ-200", YES },
  { "{\"note\": \"model XJ-200\"}", "the XJ-300", NEW },
  { "{\"note\": \"45 cm long\", \"stock\": 5}", "only 5 in stock", YES },
  { "{\"colour\": \"sand / terracotta\", \"note\": \"31 cm\"}", "one in sand, one in terracotta", YES },
  { "{\"note\": \"12 pairs\"}", "a dozen pairs", YES },
  { "{\"note\": \"12 pairs\"}", "two dozen pairs", NOT },
  { "{\"price\": \"€12.50\"}", "12 euros 50", YES },
  { "{\"price\": \"€12.50\"}", "12 euros 90", NOT },
  { "{\"title\": \"Trekking poles, a pair\", \"note\": \"198 g each\"}", "396 g for the pair", YES },
  { "{\"title\": \"box of 40\", \"note\": \"burns 45 min each\"}", "30 hours", YES },
  { "{\"title\": \"box of 40\", \"note\": \"burns 45 min each\"}", "40 hours", NOT },
  { "{\"note\": \"5x magnification\"}", "five-fold magnification", YES },
  { "{\"note\": \"about 95 % of light (not 100 %)\"}", "blocks 100 % of light", NOT },
  { "{\"size\": \"W 18 x D 18 x H 26 cm\"}", "7 x 7 x 10 inches", YES },
  { "{\"size\": \"W 18 x D 18 x H 26 cm\"}", "26 cm wide", NOT },
  { "{\"title\": \"Clock Ø30 cm\"}", "about a foot across", YES },
  { "{\"note\": \"adjusts 105 to 135 cm\"}", "between 41 and 53 inches", YES },
  { "{\"note\": \"for rooms to 25 m2\"}", "270 square feet", YES },
  { "{\"note\": \"for rooms to 25 m2\"}", "25 m", NEW },
  { "{\"note\": \"7 pcs\"}", "seven drivers in the set", YES },
  { "{\"note\": \"高山烏龍茶 150公克\"}", "四台兩裝", YES },
  { "{\"note\": \"高山烏龍茶 150公克\"}", "四台斤裝", NOT },
  { "{\"note\": \"280克\"}", "淨重0.28公斤", YES },
  { "{\"note\": \"吸力 7000Pa\"}", "吸力7kPa", YES },
  { "{\"note\": \"吸力 7000Pa\"}", "吸力9kPa", NOT },
  { "{\"note\": \"铸铁平底锅 28cm\"}", "锅口直径280毫米", YES },
  { "{\"note\": \"底 28cm\"}", "宽280毫米", NEW },
  { "{\"note\": \"工作温度-20~60℃\"}", "可在-4~140°F下工作", YES },
  { "{\"note\": \"工作温度-20~60℃\"}", "最高可耐60摄氏度", YES },
  { "{\"note\": \"工作温度-20~60℃\"}", "可在20~60℃下工作", NOT },
  { "{\"note\": \"和纸胶带 15mmx5m 5卷\"}", "宽1.5厘米", YES },
  { "{\"note\": \"和纸胶带 15mmx5m 5卷\"}", "宽2.5厘米", NOT },
  { "{\"出水\": \"七孔出水\"}", "单孔出水", NOT },
  { "{\"note\": \"20片×3盒\"}", "共60片", YES },
  { "{\"note\": \"20片×3盒\"}", "共80片", NOT },
  { "{\"note\": \"重190克\"}", "重约三两八", YES },
  { "{\"note\": \"重190克\"}", "重约四两八", NOT },
  { "{\"title\": \"面膜 5片\", \"note\": \"25ml/片\"}", "共125ml", YES },
  { "{\"title\": \"面膜 5片\", \"note\": \"25ml/片\"}", "共150ml", NOT },
  { "{\"尺码\": \"66 / 73 / 80\"}", "三个尺码可选", YES },
  { "{\"尺码\": \"66 / 73 / 80\"}", "五个尺码可选", NEW },
  { "{\"note\": \"7 pcs\"}", "seven colours", NEW },
  { "{\"note\": \"hooks size 6\"}", "6 hooks", NEW },
  { "{\"price\": \"SEK 420\"}", "420 kronor", YES },
  { "{\"note\": \"oven to 250 C\"}", "oven safe to 480°F", YES },
  { "{\"note\": \"采于3月28日\"}", "三月二十八日采摘", YES },
};

static const CsGroundCase bindings[] = {
  { "{\"certificates\": \"GOTS\"}", "GOTS approved", YES },
  { "{\"note\": \"Front pocket 15 cm, back pocket 22 cm\"}", "the back pocket measures 15 cm", NOT },
  { "{\"note\": \"woven in Tyrol\"}", "from the Alps", YES },
  { "{\"size\": \"Bowl diameter 18 cm, height 9 cm\"}", "the bowl is 9 cm high", YES },
  { "{\"spec\": \"USB-C in/out 20 W, USB-A out 18 W\"}", "the USB-A port delivers 18 W, the USB-C port 20 W", YES },
  { "{\"spec\": \"USB-C in/out 20 W, USB-A out 18 W\"}", "the USB-A port delivers 20 W", NOT },
  { "{\"note\": \"front 400 lm, rear 50 lm\"}", "the rear light has 400 lumens", NOT },
  { "{\"note\": \"front 400 lm, rear 50 lm\"}", "400 lumens at the front and 50 lumens at the rear", YES },
  { "{\"note\": \"front 400 lm, rear 50 lm\"}", "400 lm", YES },
  { "{\"height\": \"seat 65 cm, total 92 cm\"}", "at 92 cm the seat", NOT },
  { "{\"height\": \"seat 65 cm, total 92 cm\"}", "a seat at 65 cm", YES },
  { "{\"runtime\": \"2 h high, 8 h low\"}", "eight hours at full power", NOT },
  { "{\"runtime\": \"2 h high, 8 h low\"}", "two hours at full power", YES },
  { "{\"note\": \"neck 28-38 cm, webbing 15 mm wide\"}", "webbing 1.5 cm wide for necks up to 38 cm", YES },
  { "{\"load\": \"cats up to 6 kg\", \"weight\": \"9.5 kg\"}", "holds cats up to 10 kg", NOT },
  { "{\"load\": \"cats up to 6 kg\", \"weight\": \"9.5 kg\"}", "holds cats up to 6 kg", YES },
  { "{\"load\": \"cats up to 6 kg\", \"weight\": \"9.5 kg\"}", "weighs 9.5 kg", YES },
  { "{\"origin\": \"designed in Bergen, sewn in Vietnam\"}", "made in Norway", NOT },
  { "{\"origin\": \"designed in Bergen, sewn in Vietnam\"}", "designed in Norway", YES },
  { "{\"wick\": \"cotton\", \"lid\": \"wood\"}", "wooden crackling wick", NOT },
  { "{\"note\": \"hoop earrings, 2.1 g each\"}", "4.2 g the pair", YES },
  { "{\"capacity\": \"5 L\"}", "1.3 US gallon", YES },
  { "{\"note\": \"10,000 mAh\"}", "10 Ah battery", YES },
  { "{\"marks\": \"EN 71, CE\"}", "meets the European standard EN 71", YES },
  { "{\"note\": \"vegan, Leaping Bunny\"}", "Leaping Bunny approved", YES },
  { "{\"note\": \"cruelty free\"}", "Leaping Bunny", NEW },
  { "{\"note\": \"14k gold plated hoops\"}", "gold-coloured hoops", YES },
  { "{\"note\": \"14k gold plated hoops\"}", "solid gold hoops", NOT },
  { "{\"marks\": \"StVZO\"}", "with an E-mark", NEW },
};

static const CsGroundCase words[] = {
  { "{\"note\": \"made in Austria\"}", "made in the EU", YES },
  { "{\"note\": \"made in Leeds\"}", "made in the EU", NOT },
  { "{\"note\": \"size EU 38\"}", "made in the EU", NEW },
  { "{\"note\": \"bowls, no two alike\"}", "one-of-a-kind bowls", YES },
  { "{\"成分\": \"新疆长绒棉95%\", \"产地\": \"浙江湖州\"}", "棉花来自新疆", YES },
  { "{\"成分\": \"新疆长绒棉95%\", \"产地\": \"浙江湖州\"}", "棉花来自甘肃", NOT },
  { "{\"作者\": \"陳怡君，台南\"}", "來自台灣", YES },
  { "{\"产地\": \"苏州\"}", "华东制造", YES },
  { "{\"产地\": \"苏州\"}", "岭南制造", NOT },
  { "{\"产地\": \"四川\"}", "西南制造", YES },
  { "{\"产地\": \"四川\"}", "西北制造", NOT },
  { "{\"簧片\": \"黄铜\"}", "铜制簧片", YES },
  { "{\"材质\": \"和纸\"}", "PET材质胶带", NOT },
  { "{\"簧片\": \"黄铜\"}", "钢制簧片", NOT },
  { "{\"胶水\": \"棉线穿编\"}", "鱼线穿编", NOT },
  { "{\"油漆\": \"水性漆\"}", "油性漆", NOT },
  { "{\"note\": \"oak table\"}", "wooden table", YES },
  { "{\"note\": \"wooden table\"}", "oak table", NEW },
  { "{\"note\": \"oak table\"}", "walnut table", NOT },
  { "{\"note\": \"sterling silver ring\"}", "925 silver", YES },
  { "{\"note\": \"gold plated ring\"}", "solid gold ring", NOT },
  { "{\"note\": \"PU leather bag\"}", "genuine leather bag", NOT },
  { "{\"note\": \"毛竹果篮\"}", "bamboo basket", YES },
  { "{\"note\": \"竹籃\"}", "竹篮", YES },
  { "{\"note\": \"竹篮\"}", "藤篮", NOT },
  { "{\"note\": \"铁观音茶叶\"}", "铁壶", NEW },
  { "{\"material\": \"100% cotton\"}", "pure cotton", YES },
  { "{\"colour\": \"navy\"}", "blue", YES },
  { "{\"colour\": \"blue\"}", "navy", NEW },
  { "{\"colour\": [\"red\", \"blue\"]}", "red", YES },
  { "{\"colour\": [\"red\", \"blue\"]}", "green", NOT },
  { "{\"颜色\": \"藏青\"}", "navy blue", YES },
  { "{\"note\": \"made in Jingdezhen\"}", "made in China", YES },
  { "{\"note\": \"made in China\"}", "景德镇瓷", NEW },
  { "{\"note\": \"thrown in Leeds\"}", "made in Cornwall", NOT },
  { "{\"note\": \"leather from Tuscany\"}", "Italian leather", YES },
  { "{\"brand\": \"Kettle & Clay\", \"note\": \"a mug\"}", "a mug by Kettle & Clay", YES },
  { "{\"brand\": \"Kettle & Clay\", \"note\": \"a mug\"}", "a clay mug", NEW },
  { "{\"brand\": \"Kettle & Clay\", \"note\": \"a mug\"}", "a mug by Nordika", NOT },
  { "{\"note\": \"a pan\"}", "Le Creuset pan", NEW },
  { "{\"note\": \"李建华老师制作\"}", "出自李建华之手", YES },
  { "{\"note\": \"李建华老师制作\"}", "顾景舟大师亲制", NEW },
  { "{\"note\": \"GOTS certified cotton\"}", "certified", YES },
  { "{\"note\": \"cotton\"}", "GOTS certified cotton", NEW },
  { "{\"note\": \"IP68\"}", "waterproof", YES },
  { "{\"note\": \"water resistant\"}", "waterproof", NEW },
  { "{\"note\": \"a mug\"}", "the best mug", NEW },
  { "{\"note\": \"a mug\"}", "the sturdiest mug", NEW },
  { "{\"note\": \"竹篮\"}", "最结实的竹篮", NEW },
  { "{\"title\": \"Best bamboo basket\"}", "the best basket", NEW },
  { "{\"note\": \"our smallest bowl\"}", "the smallest bowl", YES },
  { "{\"note\": \"our smallest bowl\"}", "the largest bowl", NOT },
  { "{\"note\": \"Forged by hand\"}", "hand-forged", YES },
  { "{\"note\": \"a cotton wick, wooden lid\"}", "wooden wick", NOT },
  { "{\"note\": \"a mug\", \"keywords\": \"leather, waterproof\"}", "leather", NEW },
  { "{\"note\": \"brass tag, steel ring\"}", "a brass ring", NOT },
  { "{\"maker\": \"Jan de Vries, Utrecht\"}", "by Jan de Vries", YES },
  { "{\"maker\": \"Jan de Vries, Utrecht\"}", "made in the Netherlands", YES },
  { "{\"maker\": \"Jan de Vries, Utrecht\"}", "made in Belgium", NOT },
  { "{\"note\": \"OEKO-TEX Standard 100 Class II\"}", "OEKO-TEX Class I", NEW },
  { "{\"note\": \"EN 388, EN 407 no\"}", "tested to EN 407", NOT },
  { "{\"note\": \"EN 388, EN 407 no\"}", "tested to EN 388", YES },
  { "{\"note\": \"carved in Amritsar\"}", "carved in India", YES },
  { "{\"note\": \"a pillowcase\"}", "by Anchor", NEW },
  { "{\"note\": \"sanded by hand\"}", "hand-sanded", YES },
  { "{\"note\": \"balsa lure\"}", "balsa wood", YES },
  { "{\"note\": \"quillwood lure\"}", "quillwood wood", YES },
  { "{\"note\": \"carved in Zorvaly\"}", "carved in Zorvaly, France", YES },
  { "{\"note\": \"carved in Zorvaly\"}", "carved in France", NEW },
  { "{\"note\": \"made in Vilnius\"}", "from the Baltics", YES },
  { "{\"note\": \"EN 388\"}", "certified to EN 388", YES },
  { "{\"note\": \"fair trade (WFTO)\"}", "GOTS", NEW },
  { "{\"note\": \"merino throw\"}", "natural fibres", YES },
  { "{\"note\": \"pine shelf\"}", "hardwood shelf", NOT },
  { "{\"note\": \"oak shelf\"}", "hardwood shelf", YES },
  { "{\"brand\": \"Holz & Co\"}", "by Holz and Co", YES },
  { "{\"note\": \"Cr-V steel\"}", "chrome vanadium steel", YES },
  { "{\"image\": \"A5_dotgrid_notebook_sage-green.jpg\"}", "sage green A5 notebook", YES },
  { "{\"label\": \"Hand cream with 20% shea butter, beeswax\"}", "with shea butter", YES },
  { "{\"label\": \"Holz\"}", "by Barbour", NOT },
  { "{\"approval\": \"StVZO\"}", "approved under the German StVZO", YES },
  { "{\"organic\": \"DE-ÖKO-001, EU organic\"}", "certified organic", YES },
  { "{\"colour\": \"anthracite\"}", "dark grey", YES },
  { "{\"note\": \"woven in Naryn, Kyrgyzstan\"}", "from Central Asia", YES },
  { "{\"note\": \"a two-sided mat\"}", "reversible mat", YES },
  { "{\"note\": \"made in my workshop\"}", "handmade", YES },
  { "{\"note\": \"paint water-based\"}", "solvent-based paint", NOT },
  { "{\"note\": \"a mug\"}", "lovely and simple", NIL },
};

static const CsGroundCase denials[] = {
  { "{\"note\": \"茶葉，未添加香料\"}", "純茶葉，沒有加香料", YES },
  { "{\"note\": \"茶葉，未添加香料\"}", "加了香料", NOT },
  { "{\"安全\": \"A类，GB 31701\"}", "安全类别为B类", NOT },
  { "{\"note\": \"不掉色\"}", "容易掉色", NEW },
  { "{\"安全\": \"A类，GB 31701\"}", "安全类别为A类", YES },
  { "{\"note\": \"无涂层，植物油开锅\"}", "无化学涂层", YES },
  { "{\"waterproof\": false}", "waterproof", NOT },
  { "{\"waterproof\": false}", "not waterproof", YES },
  { "{\"note\": \"waterproof\"}", "not waterproof", NOT },
  { "{\"note\": \"不防水\"}", "防水", NOT },
  { "{\"note\": \"不含塑料\"}", "plastic free", YES },
  { "{\"note\": \"no plastic\"}", "PVC handle", NOT },
  { "{\"note\": \"a bag\"}", "no plastic", NEW },
  { "{\"note\": \"BPA-free bottle\"}", "without BPA", YES },
  { "{\"note\": \"linen shirt, no pocket\"}", "no chest pocket", YES },
  { "{\"note\": \"Dishwasher ok, do not microwave\"}", "microwave safe", NOT },
  { "{\"note\": \"Dishwasher ok, do not microwave\"}", "safe in the dishwasher", YES },
  { "{\"note\": \"附证书\"}", "不附任何证书", NOT },
  { "{\"note\": \"poster, frame not included\"}", "sold without a frame", YES },
  { "{\"note\": \"不锈钢杯，无线充电\"}", "不锈钢", YES },
  { "{\"note\": \"1 AA battery not included\"}", "runs on a single AA battery", YES },
  { "{\"note\": \"1 AA battery not included\"}", "battery included", NOT },
  { "{\"note\": \"ropes included, pillow not\"}", "comes with a pillow", NOT },
  { "{\"note\": \"no synthetic fibres\"}", "no acrylic", YES },
  { "{\"note\": \"unfiltered oil\"}", "not filtered", YES },
  { "{\"note\": \"unfiltered oil\"}", "filtered oil", NOT },
  { "{\"note\": \"mango, no sulphur\"}", "unsulphured", YES },
  { "{\"note\": \"batteries: none needed\"}", "no batteries needed", YES },
  { "{\"note\": \"hand cut soap\"}", "made by hand", YES },
  { "{\"note\": \"hand cream\"}", "made by hand", NEW },
  { "{\"note\": \"手洗\"}", "machine wash", NOT },
  { "{\"防水\": \"否\"}", "防水", NOT },
  { "{\"note\": \"Latex free, PVC free\"}", "free from PVC and latex", YES },
  { "{\"note\": \"latex-free, made of oak\"}", "free from latex and made of oak", YES },
  { "{\"label\": \"alcohol-free, pH 5.5\"}", "contains no alcohol", YES },
  { "{\"note\": \"没有有机认证\"}", "no organic certificate", YES },
};

static void
test_numbers (void)
{
  cs_ground_cases_check (numbers, G_N_ELEMENTS (numbers));
}

static void
test_bindings (void)
{
  cs_ground_cases_check (bindings, G_N_ELEMENTS (bindings));
}

static void
test_words (void)
{
  cs_ground_cases_check (words, G_N_ELEMENTS (words));
}

static void
test_denials (void)
{
  cs_ground_cases_check (denials, G_N_ELEMENTS (denials));
}

/* Phrases are in order and cover the whole text, whatever it is */
static void
test_cover (void)
{
  static const char *const texts[] = {
    "A bamboo basket, 28 cm wide. The best in the world!", "竹篮，高28厘米。全网第一！", "", " ", "½ ② ㎝ ℃ \u202e abc \u00ad",
    "(((((", "不不不不无无非", "1/2/3/4/5/6/7", "----x----", "S-XL-", "1x2x3x4x", "百分之", "一米六八米", "no no no not free free of",
    "\u200b\u200d\ufeff", "𝟚𝟠 cm", "12345678901234567890123456789012345678901234567890 cm",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CsEvidence) evidence = cs_evidence_new ();
      guint at = 0;

      cs_evidence_add_fact (evidence, CS_FACT_NOTE, "note.1", texts[i]);
      cs_evidence_add_fact (evidence, CS_FACT_FIELD, "brand", texts[(i + 1) % G_N_ELEMENTS (texts)]);
      cs_ground_check (evidence, CS_FIELD_DESCRIPTION, texts[i]);
      for (guint j = 0; evidence->phrases != NULL && j < evidence->phrases->len; j++)
        {
          CsPhrase *phrase = evidence->phrases->pdata[j];

          g_assert_cmpuint (phrase->start, ==, at);
          g_assert_cmpuint (phrase->end, >, at);
          for (guint k = 0; phrase->facts[k] != NULL; k++)
            g_assert_nonnull (cs_evidence_find (evidence, phrase->facts[k]));
          at = phrase->end;
        }
      g_assert_cmpuint (at, ==, strlen (texts[i]));
    }
}

/* Of a sentence only what is new is marked */
static void
test_parts (void)
{
  g_autoptr (CsEvidence) evidence = cs_evidence_new ();
  const char *text = "A bamboo basket with a leather strap, 28 cm wide";
  guint       n_new = 0;

  cs_evidence_add_fact (evidence, CS_FACT_NOTE, "note.1", "Bamboo basket");
  cs_evidence_add_fact (evidence, CS_FACT_FIELD, "size", "28 cm wide");
  cs_ground_check (evidence, CS_FIELD_DESCRIPTION, text);
  for (guint i = 0; i < evidence->phrases->len; i++)
    {
      CsPhrase        *phrase = evidence->phrases->pdata[i];
      g_autofree char *slice = g_strndup (text + phrase->start, phrase->end - phrase->start);

      if (strcmp (slice, "bamboo") == 0 || strcmp (slice, "28 cm wide") == 0)
        g_assert_cmpint (phrase->state, ==, CS_PHRASE_GROUNDED);
      if (strcmp (slice, "leather") == 0)
        {
          g_assert_cmpint (phrase->state, !=, CS_PHRASE_GROUNDED);
          g_assert_nonnull (phrase->remark);
          n_new++;
        }
    }
  g_assert_cmpuint (n_new, ==, 1);
}

static void
test_gather (void)
{
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (CsEvidence) evidence = NULL;
  CsFact *fact;

  request->product = cs_product_new ();
  request->product->values[CS_FIELD_NOTE] = g_strdup ("Bamboo basket. 28 cm wide; not lacquered");
  request->product->values[CS_FIELD_KEYWORDS] = g_strdup ("leather");
  request->product->values[CS_FIELD_MATERIAL] = g_strdup ("bamboo");
  request->product->attributes = g_strdup ("{\"height\":\"12 cm\",\"waterproof\":false}");
  evidence = cs_ground_gather (request);

  g_assert_nonnull ((fact = cs_evidence_find (evidence, "note.2")));
  g_assert_cmpstr (fact->text, ==, "28 cm wide;");
  g_assert_cmpuint (fact->end - fact->start, ==, strlen (" 28 cm wide;"));
  g_assert_nonnull (cs_evidence_find (evidence, "note.3"));
  g_assert_nonnull (cs_evidence_find (evidence, "material"));
  g_assert_nonnull (cs_evidence_find (evidence, "attribute.height"));
  for (guint i = 0; i < evidence->facts->len; i++)
    g_assert_null (strstr (((CsFact *) evidence->facts->pdata[i])->text, "leather"));

  cs_ground_check (evidence, CS_FIELD_TITLE, "Waterproof bamboo basket");
  g_assert_true (cs_evidence_contradicts (evidence));
}

static void
take_photo (CsEngineRequest *request,
            const char      *name,
            const char      *folder)
{
  g_autoptr (CsPhoto) photo = cs_photo_new ();

  photo->id = 1 + (request->photos != NULL ? request->photos->len : 0);
  photo->name = g_strdup (name);
  photo->folder = g_strdup (folder);
  cs_engine_request_take_photo (request, photo, -1, NULL, NULL);
}

/* What a camera calls its files is no fact, what a person calls them is */
static void
test_file_names (void)
{
  static const char *const cameras[] = { "IMG_0945.jpg", "DSC01234.JPG", "P1000234.jpg", "20260102_101112.jpg", "微信图片_2026.jpg" };
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (CsEvidence) evidence = NULL;
  guint n = 0;

  request->product = cs_product_new ();
  for (guint i = 0; i < G_N_ELEMENTS (cameras); i++)
    take_photo (request, cameras[i], "DCIM");
  take_photo (request, "bamboo-basket_2.jpg", "竹篮");
  take_photo (request, "果篮28cm.jpg", NULL);

  evidence = cs_ground_gather (request);
  for (guint i = 0; i < evidence->facts->len; i++)
    {
      CsFact *fact = evidence->facts->pdata[i];

      g_test_message ("%s", fact->text);
      n += fact->kind == CS_FACT_FILE || fact->kind == CS_FACT_FOLDER;
    }
  g_assert_cmpuint (n, ==, 3);
}

/* Files of any shape, and those that are none */
static void
test_sheets (void)
{
  static const struct
  {
    const char *json;
    const char *id; /* NULL: refused */
  } cases[] = {
    { "{\"facts\": [{\"id\": \"n7\", \"text\": \"bamboo\"}]}", "n7" },
    { "{\"facts\": [\"bamboo\", \"28 cm\"]}", "facts.2" },
    { "[\"bamboo\"]", "fact.1" },
    { "{\"attributes\": {\"height\": \"28cm\"}}", "attributes.height" },
    { "{\"attributes\": [{\"name\": \"Colour\", \"value\": \"red\"}]}", "attributes.1" },
    { "{\"height\": {\"value\": 28, \"unit\": \"cm\"}}", "height" },
    { "{\"products\": [{\"材质\": \"竹\"}]}", "材质" },
    { "{\"keywords\": [\"bamboo\"]}", NULL },
    { "[{\"id\": \"标签.1\", \"text\": \"净含量280g\"}]", "标签.1" },
    { "{\"标签\": [\"竹篮\"]}", NULL },
    { "{\"products\": [{\"a\": \"b\"}, {\"a\": \"c\"}]}", NULL },
    { "{}", NULL },
    { "bamboo", NULL },
    { "[[[[[[[[[[[[[[\"deep\"]]]]]]]]]]]]]]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsEvidence) evidence = cs_ground_sheet_read (cases[i].json, -1, &error);

      g_test_message ("%s", cases[i].json);
      if (cases[i].id == NULL)
        {
          g_assert_null (evidence);
          g_assert_nonnull (error);
        }
      else
        {
          g_assert_no_error (error);
          g_assert_nonnull (cs_evidence_find (evidence, cases[i].id));
        }
    }
}

/* The sets that may be looked at, and what is reached on each */
static void
test_sets (void)
{
  static const struct
  {
    const char *name;
    double      recall;
    double      alarms;
  } sets[] = {
    { "dev-en.json", 0.98, 0.05 },
    { "dev-zh.json", 0.98, 0.05 },
    { "held-en.json", 0.98, 0.05 },
    { "fresh-en.json", 0.98, 0.05 },
    { "fresh-zh.json", 0.98, 0.05 },
    { "stranger-practice-en.json", 0.965, 0.05 },
    { "stranger-practice-zh.json", 0.975, 0.05 },
    { "stranger-en.json", 0.97, 0.05 },
    { "stranger-zh.json", 0.98, 0.05 },
    { "stranger-second-en.json", 0.97, 0.05 },
    { "stranger-second-zh.json", 0.98, 0.05 },
    { "stranger-third-en.json", 0.98, 0.05 },
    { "stranger-third-zh.json", 0.98, 0.05 },
    { "trades-en.json", 0.98, 0.05 },
    { "trades-zh.json", 0.98, 0.05 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("CS_GROUNDING_SETS"), sets[i].name, NULL);
      CsSetScore scores[CS_N_SETS] = { 0 };
      CsSetScore sum;

#ifdef __SANITIZE_ADDRESS__
      /* Each takes some ten times as long with a checker of memory */
      if (i % 4 != 3 && g_getenv ("CS_THOROUGH") == NULL)
        continue;
#endif

      g_assert_cmpuint (cs_set_run (path, scores, NULL), >, 400);
      sum = cs_set_sum (scores);
      g_test_message ("%s: %u of %u caught, %u of %u false alarms", sets[i].name, sum.n_caught, sum.n_false, sum.n_alarms, sum.n_true);
      g_assert_cmpfloat ((double) sum.n_caught / sum.n_false, >=, sets[i].recall);
      g_assert_cmpfloat ((double) sum.n_alarms / sum.n_true, <=, sets[i].alarms);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ground/numbers", test_numbers);
  g_test_add_func ("/ground/words", test_words);
  g_test_add_func ("/ground/bindings", test_bindings);
  g_test_add_func ("/ground/denials", test_denials);
  g_test_add_func ("/ground/cover", test_cover);
  g_test_add_func ("/ground/parts", test_parts);
  g_test_add_func ("/ground/gather", test_gather);
  g_test_add_func ("/ground/file-names", test_file_names);
  g_test_add_func ("/ground/sheets", test_sheets);
  g_test_add_func ("/ground/sets", test_sets);

  return g_test_run ();
}
