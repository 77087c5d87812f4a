/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-unit.h"

/* Units and the words that count. Chinese ones are those of the market: 斤 is
 * 500 g, 两 50 g, 钱 5 g, 尺 a third of a metre. An ounce may be either of two, an
 * inch in Chinese may be 英寸 or 市寸.
 */
static const CsUnit units[] = {
  { "mm,millimeter,millimetre,毫米,mms", CS_DIM_LENGTH, 1 },
  { "cm,centimeter,centimetre,厘米,公分,cms", CS_DIM_LENGTH, 10 },
  { "dm,分米", CS_DIM_LENGTH, 100 },
  { "m,meter,metre,米,公尺", CS_DIM_LENGTH, 1000 },
  { "km,kilometer,kilometre,公里,千米", CS_DIM_LENGTH, 1e6 },
  { "in,ins,inch,inche,英寸,吋,\",''", CS_DIM_LENGTH, 25.4 },
  { "寸", CS_DIM_LENGTH, 25.4, 0, CS_DIM_LENGTH, 100 / 3.0 },
  { "ft,foot,feet,英尺,'", CS_DIM_LENGTH, 304.8 },
  { "尺", CS_DIM_LENGTH, 1000 / 3.0 },
  { "yd,yds,yard,码布", CS_DIM_LENGTH, 914.4 },
  { "micron,微米,um", CS_DIM_LENGTH, 0.001 },
  { "mi,mile,英里", CS_DIM_LENGTH, 1609344 },
  { "cm2,sq cm,square centimeter,square centimetre,平方厘米", CS_DIM_AREA, 100 },
  { "m2,sqm,sq m,square meter,square metre,平方米,平米,平方", CS_DIM_AREA, 1e6 },
  { "sq ft,sqft,square foot,square feet,平方英尺", CS_DIM_AREA, 92903.04 },
  { "mg,milligram,毫克", CS_DIM_WEIGHT, 0.001 },
  { "g,gram,gr,gm,gms,grm,gramme,克,公克", CS_DIM_WEIGHT, 1, 0, CS_DIM_DENSITY, 1 },
  { "kg,kilo,kilogram,kilogramme,kgs,千克,公斤", CS_DIM_WEIGHT, 1000 },
  { "t", CS_DIM_WEIGHT, 1e6, 0, CS_DIM_COUNT, 1 },
  { "ton,tonne,吨", CS_DIM_WEIGHT, 1e6 },
  { "斤,市斤", CS_DIM_WEIGHT, 500, 0, CS_DIM_VOLUME, 500 },
  { "两,市两", CS_DIM_WEIGHT, 50, 0, CS_DIM_VOLUME, 50 },
  { "钱", CS_DIM_WEIGHT, 5 },
  { "台斤", CS_DIM_WEIGHT, 600 },
  { "台两", CS_DIM_WEIGHT, 37.5 },
  { "oz,ozs,ounce,盎司,安士", CS_DIM_WEIGHT, 28.3495, 0, CS_DIM_VOLUME, 29.5735 },
  { "lb,lbs,磅", CS_DIM_WEIGHT, 453.592 },
  { "pound", CS_DIM_WEIGHT, 453.592, 0, CS_DIM_MONEY, 1, "gbp" },
  { "st,stone", CS_DIM_WEIGHT, 6350.29 },
  { "ct,carat,克拉", CS_DIM_WEIGHT, 0.2, 0, CS_DIM_COUNT, 1 },
  { "ml,mls,milliliter,millilitre,毫升,cc", CS_DIM_VOLUME, 1 },
  { "cl,centiliter,centilitre", CS_DIM_VOLUME, 10 },
  { "dl,deciliter,decilitre,分升", CS_DIM_VOLUME, 100 },
  { "l,liter,litre,ltr,升,公升", CS_DIM_VOLUME, 1000 },
  { "fluid ounce (uk),fl oz (uk),uk fl oz,uk fluid ounce,imperial fluid ounce,imperial fl oz,imp fl oz,fluid ounce (imperial),fl oz (imperial)", CS_DIM_VOLUME, 28.4131 },
  { "fluid ounce (us),fl oz (us),us fl oz,us fluid ounce", CS_DIM_VOLUME, 29.5735 },
  { "fl.oz,fl oz,fluid ounce,floz,fl. oz,液体盎司,液盎司,液量盎司", CS_DIM_VOLUME, 29.5735, 0, CS_DIM_VOLUME, 28.4131 },
  { "cup", CS_DIM_COUNT, 1, 0, CS_DIM_VOLUME, 240, "cup" },
  { "pint,pt,pts,品脱", CS_DIM_VOLUME, 473.176, 0, CS_DIM_VOLUME, 568.261 },
  { "quart,qt,qts,夸脱", CS_DIM_VOLUME, 946.353 },
  { "imperial gallon,uk gallon", CS_DIM_VOLUME, 4546.09 },
  { "us gal,us gallon", CS_DIM_VOLUME, 3785.41 },
  { "gal,gallon,加仑", CS_DIM_VOLUME, 3785.41, 0, CS_DIM_VOLUME, 4546.09 },
  { "m3,cubic meter,cubic metre,cbm,立方米,立方", CS_DIM_VOLUME, 1e6 },
  { "cu ft,cubic foot,cubic feet,立方英尺", CS_DIM_VOLUME, 28316.8 },
  { "tsp,teaspoon,茶匙", CS_DIM_VOLUME, 5 },
  { "tbsp,tablespoon,汤匙", CS_DIM_VOLUME, 15 },
  { "sec,secs,second,秒,秒钟", CS_DIM_TIME, 1 },
  { "min,mins,minute,分钟", CS_DIM_TIME, 60 },
  { "h,hr,hrs,hour,小时,个小时,钟头", CS_DIM_TIME, 3600 },
  { "day,天", CS_DIM_TIME, 86400 },
  { "日,号", CS_DIM_DAY, 1 },
  { "fortnight", CS_DIM_TIME, 1209600 },
  { "week,wk,wks,周,星期,个星期,礼拜", CS_DIM_TIME, 604800 },
  { "month,mo,mos,mth,mths,个月,月龄,个月龄,个月大", CS_DIM_TIME, 2629800 },
  { "月", CS_DIM_MONTH, 1 },
  { "year,yr,yrs,yo,y,year-old,year old,岁,周岁,周年", CS_DIM_TIME, 31557600 },
  { "年", CS_DIM_TIME, 31557600 },
  { "decade", CS_DIM_TIME, 315576000 },
  { "w,watt,watts,瓦,瓦特", CS_DIM_POWER, 1 },
  { "kw,kilowatt,千瓦", CS_DIM_POWER, 1000 },
  { "v,volt,伏,伏特", CS_DIM_VOLTAGE, 1 },
  { "a,amp,ampere,安培", CS_DIM_CURRENT, 1 },
  { "ma,milliamp,毫安", CS_DIM_CURRENT, 0.001, 0, CS_DIM_CHARGE, 1 },
  { "mah,毫安时", CS_DIM_CHARGE, 1 },
  { "ah,安时", CS_DIM_CHARGE, 1000 },
  { "wh,瓦时", CS_DIM_ENERGY, 1 },
  { "kwh,千瓦时,度电", CS_DIM_ENERGY, 1000 },
  { "kcal,calorie,cal,大卡,千卡,卡路里", CS_DIM_HEAT, 1 },
  { "kj,千焦", CS_DIM_HEAT, 0.239 },
  { "°c,celsius,摄氏度,degree celsius,degree c,° c,c", CS_DIM_DEGREE, 1 },
  { "°f,fahrenheit,华氏度,degree fahrenheit,degree f,° f,f", CS_DIM_DEGREE, 5 / 9.0, -160 / 9.0 },
  { "°,degree,度", CS_DIM_DEGREE, 1 },
  { "vol,% vol,%vol,abv,% abv,%abv", CS_DIM_DEGREE, 1, 0, CS_DIM_PERCENT, 1 },
  { "k", CS_DIM_KARAT, 1, 0, CS_DIM_FACTOR, 1 },
  { "kt,karat", CS_DIM_KARAT, 1 },
  { "%,percent,per cent,百分比", CS_DIM_PERCENT, 1 },
  { "成", CS_DIM_PERCENT, 10 },
  { "eur,euro,€,欧元", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "eur" },
  { "usd,dollar,buck,美元,美金,$", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "usd" },
  { "gbp,quid,英镑,£", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "gbp" },
  { "sek,krona,kronor,swedish krona,swedish kronor", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "sek" },
  { "nok,norwegian krone,norwegian kroner", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "nok" },
  { "dkk,danish krone,danish kroner", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "dkk" },
  { "pln,zloty,zł,zl", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "pln" },
  { "czk,koruna,kc", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "czk" },
  { "huf,forint", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "huf" },
  { "chf,swiss franc", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "chf" },
  { "aud,australian dollar", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "aud" },
  { "cad,canadian dollar", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "cad" },
  { "nzd,new zealand dollar", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "nzd" },
  { "inr,rupee,₹", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "inr" },
  { "mxn,peso,mexican peso", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "mxn" },
  { "brl,reais", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "brl" },
  { "zar,rand", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "zar" },
  { "ron,lei", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "ron" },
  { "uah,hryvnia,₴", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "uah" },
  { "thb,baht,泰铢", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "thb" },
  { "sgd,singapore dollar,新币", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "sgd" },
  { "hkd,hk$,hk dollar,港币,港元", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "hkd" },
  { "twd,ntd,nt$,新台币,台币", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "twd" },
  { "isk", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "isk" },
  { "krw,₩", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "krw" },
  { "try,turkish lira,₺", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "try" },
  { "cny,rmb,yuan,元,块钱,块大洋,人民币,¥,圆", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "cny" },
  { "cent,cents,eurocent,eurocents", CS_DIM_MONEY, 0.01 },
  { "pence,penny", CS_DIM_MONEY, 0.01, 0, CS_DIM_NONE, 0, "gbp" },
  { "块", CS_DIM_COUNT, 1, 0, CS_DIM_MONEY, 1, "cny" },
  { "毛,角", CS_DIM_COUNT, 1, 0, CS_DIM_MONEY, 0.1, "cny" },
  { "jpy,yen,日元", CS_DIM_MONEY, 1, 0, CS_DIM_NONE, 0, "jpy" },
  { "kb", CS_DIM_STORAGE, 0.001 },
  { "mb", CS_DIM_STORAGE, 1 },
  { "gb,gigabyte,g内存", CS_DIM_STORAGE, 1000 },
  { "tb,terabyte", CS_DIM_STORAGE, 1e6 },
  { "hz,赫兹", CS_DIM_FREQUENCY, 1 },
  { "khz", CS_DIM_FREQUENCY, 1e3 },
  { "mhz", CS_DIM_FREQUENCY, 1e6 },
  { "ghz", CS_DIM_FREQUENCY, 1e9 },
  { "支,s", CS_DIM_YARN, 1, 0, CS_DIM_COUNT, 1 },
  { "tc,thread count,thread,针", CS_DIM_YARN, 1, 0, CS_DIM_COUNT, 1 },
  { "码", CS_DIM_SHOE, 1 },
  { "eu", CS_DIM_SHOE, 1 },
  { "us", CS_DIM_SHOE, 1 },
  { "uk", CS_DIM_SHOE, 1 },
  { "db,decibel,分贝", CS_DIM_SIGNAL, 1 },
  { "lm,lumen,流明", CS_DIM_LIGHT, 1 },
  { "kph,km/h,kmh,公里每小时", CS_DIM_SPEED, 1 },
  { "mph", CS_DIM_SPEED, 1.609344 },
  { "rpm,转,转每分", CS_DIM_TURNS, 1 },
  { "mp,megapixel,百万像素", CS_DIM_PIXELS, 1e6 },
  { "px,pixel,像素", CS_DIM_PIXELS, 1 },
  { "万像素", CS_DIM_PIXELS, 1e4 },
  { "momme,姆米", CS_DIM_DENSITY, 4.34 },
  { "gsm,g/m2,g/㎡,克重,g per m2,g per sqm,g per square metre,g per square meter,gram per square metre,gram per square meter,克每平方米", CS_DIM_DENSITY, 1 },
  { "mbps,mbit/s,mb/s,mbit,兆", CS_DIM_RATE, 1 },
  { "gbps,gbit/s,gb/s,gbit,gigabit,千兆", CS_DIM_RATE, 1000 },
  { "n,newton,牛,牛顿", CS_DIM_FORCE, 1 },
  { "ppm", CS_DIM_FACTOR, 1 },
  { "bar,巴,atm,atms", CS_DIM_PRESSURE, 1 },
  { "pa,帕", CS_DIM_PRESSURE, 1e-5 },
  { "kpa,千帕", CS_DIM_PRESSURE, 0.01 },
  { "psi", CS_DIM_PRESSURE, 0.0689 },
  { "x,倍,time,fold", CS_DIM_FACTOR, 1 },
  { "折", CS_DIM_FACTOR, 1 },
  { "tog", CS_DIM_FACTOR, 1 },
  { "den,denier,旦,旦尼尔", CS_DIM_FACTOR, 1 },
  { "spf", CS_DIM_FACTOR, 1 },
  /* What counts: without a noun they fit everything that is counted */
  { "pc,pcs,piece,pce,item,unit,pack,pk,packet,set,件,个,只,套,条,张,枚,款,种,样,份,包,袋,盒,支装,片,件套,件装,只装,个装,片装,包装入,入,"
    "连包,瓶装,瓶,罐,盏,把,枝,根,颗,粒,捆,束,朵,头,箱,桶,听,部,台,饼,盆,座,棵,株,幅,项,排,组,顶,尊,串,贴,丸,匹,扇,轴,叠,沓,泡装",
    CS_DIM_COUNT, 1 },
  { "pair,双,对,副", CS_DIM_COUNT, 2 },
  { "dozen,打", CS_DIM_COUNT, 12 },
  { "person,people,guest,adult,seater,人,人座,人位,人份,位,人位", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "person" },
  { "tooth,teeth,teeths,齿", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "tooth" },
  { "层,layer,tier,ply", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "layer" },
  { "格,隔层,compartment,格子", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "compartment" },
  { "孔,hole,眼", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "hole" },
  { "门,door", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "door" },
  { "抽,抽屉,drawer", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "drawer" },
  { "脚,腿,leg,足", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "leg" },
  { "档,挡,click,stop setting,gear,speed,speed setting,setting,mode,模式,种模式,个模式,段", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "setting" },
  { "页,page,pp,pgs,p", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "page" },
  { "册,本,卷,volume,book", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "book" },
  { "色,colour,color,种颜色,个颜色", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "colour" },
  { "键,key,按键", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "key" },
  { "轮,wheel,个轮子,轮子", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "wheel" },
  { "字,word", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "word" },
  { "道,遍", CS_DIM_COUNT, 1 },
  { "次", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "time" },
  { "代,generation", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "generation" },
  { "级,level,grade", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "level" },
  { "口", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "port" },
  { "斗", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "drawer" },
  { "季,season", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "season" },
  { "版", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "plate" },
  { "泡,infusion,steep", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "infusion" },
  { "调", CS_DIM_COUNT, 1, 0, CS_DIM_NONE, 0, "action" },
  { "蓬,fp,fill power", CS_DIM_FACTOR, 1 },
  { "节,环,圈,股,面,芯,杯,碗,盘,壶", CS_DIM_COUNT, 1 },
};

#define MAX_UNIT_TOKENS 5

static GHashTable *
get_units (void)
{
  static gsize       once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (units); i++)
        {
          g_auto (GStrv) words = g_strsplit (units[i].words, ",", -1);

          for (guint j = 0; words[j] != NULL; j++)
            g_hash_table_insert (table, g_strdup (words[j]), (gpointer) &units[i]);
        }
      g_once_init_leave (&once, 1);
    }

  return table;
}

/* "6' x 4'" and "5'6", but neither "the 1950's" nor what is quoted */
static gboolean
is_foot_mark (GArray *tokens,
              guint   index)
{
  CsGroundToken *next = index + 1 < tokens->len ? &g_array_index (tokens, CsGroundToken, index + 1) : NULL;

  if (index == 0 || g_array_index (tokens, CsGroundToken, index - 1).kind != CS_GROUND_DIGITS || g_array_index (tokens, CsGroundToken, index).spaced)
    return FALSE;

  return next == NULL || next->spaced || next->kind != CS_GROUND_LATIN || strcmp (next->word, "x") == 0;
}

const CsUnit *
cs_ground_unit_match (GArray *tokens,
                      guint   first,
                      guint  *n_tokens)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const CsUnit *found = NULL;

  if (first < tokens->len && strcmp (g_array_index (tokens, CsGroundToken, first).word, "'") == 0 && !is_foot_mark (tokens, first))
    return NULL;

  for (guint i = first; i < tokens->len && i < first + MAX_UNIT_TOKENS; i++)
    {
      CsGroundToken *token = &g_array_index (tokens, CsGroundToken, i);
      const CsUnit  *unit;

      gboolean power = i == first + 1 && token->kind == CS_GROUND_DIGITS && !token->spaced && (strcmp (token->word, "2") == 0 || strcmp (token->word, "3") == 0);

      /* "m2" */
      if ((token->kind == CS_GROUND_DIGITS && !power) || (i > first && token->spaced && token->kind == CS_GROUND_HAN))
        break;

      if (i > first && token->spaced)
        g_string_append_c (text, ' ');
      /* "S" is a size, "s" a unit of yarn; "A" and "M" are their own words */
      g_string_append (text, g_str_has_suffix (token->word, "bps") ? token->word : token->stem);
      if ((unit = g_hash_table_lookup (get_units (), text->str)))
        {
          found = unit;
          *n_tokens = i - first + 1;
        }
    }

  return found;
}
