/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-ground-number.h"
#include "cs-ground-token.h"

/* The words that name what is measured */

static const struct
{
  const char *words; /* between commas */
  CsQuantity  quantity;
} quantities[] = {
  { "height,high,tall,高,身高,高度,总高,standing,stand", CS_QUANTITY_HEIGHT },
  { "width,wide,宽,宽度,面宽,broad", CS_QUANTITY_WIDTH },
  { "length,long,长,长度,全长,总长,衣长,裙长,裤长", CS_QUANTITY_LENGTH },
  { "projection,project,projecting,protrude,protruding,depth,deep,深,深度,进深", CS_QUANTITY_DEPTH },
  { "diameter,across,dia,diam,ø,φ,直径,口径,口,外径,内径,径,盘径,碗口,杯口", CS_QUANTITY_ACROSS },
  { "thickness,thick,厚,厚度,壁厚", CS_QUANTITY_THICKNESS },
  { "around,circumference,周长,围,圈口,腕围", CS_QUANTITY_AROUND },
  { "bust,chest,胸围", CS_QUANTITY_BUST },
  { "waist,waistband,腰围", CS_QUANTITY_WAIST },
  { "hip,臀围", CS_QUANTITY_HIP },
  { "shoulder,肩宽", CS_QUANTITY_SHOULDER },
  { "sleeve,袖长", CS_QUANTITY_SLEEVE },
  { "base,底径,底座,底", CS_QUANTITY_BASE },
  { "altitude,elevation,海拔", CS_QUANTITY_ALTITUDE },
  { "warranty,guarantee,guaranteed,质保,保修,联保", CS_QUANTITY_WARRANTY },
  { "battery,playtime,runtime,playback,续航,待机,播放", CS_QUANTITY_BATTERY },
  { "age,aged,old,岁,适龄", CS_QUANTITY_AGE },
  { "price,cost,priced,costing,特价,原价,价,活动价,优惠价,售价,价格,仅售,只要,单价,定价,现价,只需,到手价", CS_QUANTITY_PRICE },
  { "weight,weigh,weighing,自重,净重,毛重,重量,重", CS_QUANTITY_WEIGHT },
  { "load,hold,carry,support,carries,max,maximum,承重,限重,负重,可承,最大承重,载重,承载", CS_QUANTITY_LOAD },
  { "shelf life,保质期", CS_QUANTITY_SHELF_LIFE },
  { "hot,warm,保温,热", CS_QUANTITY_HOT },
  { "cold,cool,保冷,冰", CS_QUANTITY_COLD },
  { "size,sized,尺码,码数,鞋码,码", CS_QUANTITY_SIZE },
};

static GHashTable *
get_quantities (void)
{
  static gsize       once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
        {
          g_auto (GStrv) list = g_strsplit (quantities[i].words, ",", -1);

          for (guint j = 0; list[j] != NULL; j++)
            g_hash_table_insert (table, g_strdup (list[j]), GUINT_TO_POINTER (quantities[i].quantity));
        }
      g_once_init_leave (&once, 1);
    }

  return table;
}

/* The quantity that is named at index, of one word or of up to three Chinese
 * characters, which end there where backward
 */
CsQuantity
cs_ground_quantity_at (GArray  *tokens,
                       guint    index,
                       gboolean backward)
{
  CsGroundToken *token = get (tokens, index);
  CsQuantity     found = CS_QUANTITY_ANY;

  if (token == NULL)
    return CS_QUANTITY_ANY;

  if (token->kind != CS_GROUND_HAN)
    {
      found = GPOINTER_TO_UINT (g_hash_table_lookup (get_quantities (), token->word));
      return found != CS_QUANTITY_ANY ? found : GPOINTER_TO_UINT (g_hash_table_lookup (get_quantities (), token->stem));
    }

  /* "三个口袋" */
  if (!backward && strcmp (token->word, "口") == 0 && is_one_of (get (tokens, index + 1), "袋,味,感,红,罩,琴,子,碑"))
    return CS_QUANTITY_ANY;

  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint      first = backward ? index + 1 - n : index;
      gpointer   value;

      if (backward && n > index + 1)
        break;

      for (guint i = first; i < first + n && i < tokens->len; i++)
        g_string_append (text, get (tokens, i)->word);
      if ((value = g_hash_table_lookup (get_quantities (), text->str)) != NULL)
        found = GPOINTER_TO_UINT (value);
    }

  return found;
}

/* Is the quantity that ends at index one of two characters or more? */
gboolean
cs_ground_quantity_is_long (GArray *tokens,
                            guint   index)
{
  g_autofree char *two = index > 0 ? g_strconcat (get (tokens, index - 1)->word, get (tokens, index)->word, NULL) : NULL;

  return two != NULL && g_hash_table_lookup (get_quantities (), two) != NULL;
}
