/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-money.h"
#include "cs-picture-loader.h"
#include "cs-row-item.h"

struct _CsRowItem
{
  GObject parent_instance;

  CsDesk           *desk;
  gint64            id;
  CsProductRow     *row; /* NULL until it is filled */
  GdkPaintable     *thumbnail;
  char             *finding;
  const char       *finding_style;
  char             *mend;
  gboolean          marked;
  CsRowItemMarkFunc mark_func;
  gpointer          mark_data;
};

G_DEFINE_FINAL_TYPE (CsRowItem, cs_row_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_LOADED,
  PROP_TITLE,
  PROP_THUMBNAIL,
  PROP_PILL,
  PROP_PILL_CLASSES,
  PROP_PICTURES,
  PROP_COUNT,
  PROP_PRICE,
  PROP_MESSAGE,
  PROP_LABEL,
  PROP_MARKED,
  PROP_FINDING,
  PROP_FINDING_CLASSES,
  PROP_HELD,
  PROP_MEND,
} CsRowItemProperty;

static GParamSpec *properties[PROP_MEND + 1];

/* What a view shows of the row; they change together */
static const CsRowItemProperty of_row[] = {
  PROP_LOADED,
  PROP_TITLE,
  PROP_THUMBNAIL,
  PROP_PILL,
  PROP_PILL_CLASSES,
  PROP_PICTURES,
  PROP_COUNT,
  PROP_PRICE,
  PROP_MESSAGE,
  PROP_LABEL,
};

static char *
dup_pill (CsRowItem *self)
{
  if (self->row == NULL)
    return g_strdup ("");

  switch (self->row->stage)
    {
    case CS_STAGE_NEW:
      return g_strdup (_("drafting…"));

    case CS_STAGE_REVIEW:
      if (self->row->n_pending == 0)
        return g_strdup (_("to review"));
      return g_strdup_printf (ngettext ("%u to review", "%u to review", self->row->n_pending), self->row->n_pending);

    case CS_STAGE_BLOCKED:
      return g_strdup (_("needs a note"));

    case CS_STAGE_READY:
      return g_strdup (_("ready"));

    case CS_STAGE_APPROVED:
      return g_strdup (_("on its way"));

    case CS_STAGE_PUBLISHED:
      return g_strdup (_("published"));

    case CS_STAGE_FAILED:
      return g_strdup (_("not published"));

    default:
      return g_strdup ("");
    }
}

static const char *
pill_style (CsRowItem *self)
{
  static const char *styles[CS_N_STAGES] = {
    [CS_STAGE_NEW] = "quiet",
    [CS_STAGE_REVIEW] = "accent",
    [CS_STAGE_BLOCKED] = "warning",
    [CS_STAGE_READY] = "success",
    [CS_STAGE_APPROVED] = "accent",
    [CS_STAGE_PUBLISHED] = "success",
    [CS_STAGE_FAILED] = "error",
  };

  return self->row != NULL && self->row->stage < CS_N_STAGES ? styles[self->row->stage] : "quiet";
}

static char *
dup_pictures (CsRowItem *self)
{
  guint n = self->row != NULL ? self->row->n_photos : 0;

  return g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
}

/* As one reads it, "¥49", where it can be read; else as it was typed */
static char *
dup_price (CsRowItem *self)
{
  CsMoney money;

  if (self->row == NULL || self->row->price == NULL)
    return NULL;

  if (!cs_money_parse (self->row->price, "", &money, NULL) || *money.currency == '\0')
    return g_strdup (self->row->price);

  return cs_money_to_display (&money);
}

static const char *
get_title (CsRowItem *self)
{
  if (self->row == NULL)
    return "";

  return self->row->title != NULL && *self->row->title != '\0' ? self->row->title : _("No title yet");
}

static char *
dup_label (CsRowItem *self)
{
  g_autofree char *pill = dup_pill (self);
  g_autofree char *pictures = dup_pictures (self);

  if (self->row == NULL)
    return g_strdup (_("Loading"));

  /* Translators: what a screen reader says of a product: its title, where it stands, its pictures */
  return g_strdup_printf (_("%s, %s, %s"), get_title (self), pill, pictures);
}

static GdkPaintable *
get_thumbnail (CsRowItem *self)
{
  if (self->thumbnail == NULL && self->row != NULL && self->desk != NULL)
    self->thumbnail = cs_picture_paintable_new (self->desk, self->row->thumbnail, CS_PICTURE_THUMBNAIL);

  return self->thumbnail;
}

static void
take_classes (GValue     *value,
              const char *style)
{
  const char *classes[] = { "pill", "caption", style, NULL };

  g_value_set_boxed (value, classes);
}

static void
cs_row_item_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CsRowItem *self = CS_ROW_ITEM (object);

  switch ((CsRowItemProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;

    case PROP_LOADED:
      g_value_set_boolean (value, self->row != NULL);
      break;

    case PROP_TITLE:
      g_value_set_string (value, get_title (self));
      break;

    case PROP_THUMBNAIL:
      g_value_set_object (value, get_thumbnail (self));
      break;

    case PROP_PILL:
      g_value_take_string (value, dup_pill (self));
      break;

    case PROP_PILL_CLASSES:
      take_classes (value, pill_style (self));
      break;

    case PROP_PICTURES:
      g_value_take_string (value, dup_pictures (self));
      break;

    case PROP_COUNT:
      g_value_take_string (value, g_strdup_printf ("%u", self->row != NULL ? self->row->n_photos : 0));
      break;

    case PROP_PRICE:
      g_value_take_string (value, dup_price (self));
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->row != NULL ? self->row->message : NULL);
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self));
      break;

    case PROP_MARKED:
      g_value_set_boolean (value, self->marked);
      break;

    case PROP_FINDING:
      g_value_set_string (value, self->finding);
      break;

    case PROP_FINDING_CLASSES:
      /* Nothing is no pill */
      if (self->finding == NULL)
        g_value_set_boxed (value, (const char *[]) { "caption", NULL });
      else
        take_classes (value, self->finding_style != NULL ? self->finding_style : "quiet");
      break;

    case PROP_HELD:
      g_value_set_boolean (value, self->mend != NULL);
      break;

    case PROP_MEND:
      g_value_set_string (value, self->mend);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_row_item_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CsRowItem *self = CS_ROW_ITEM (object);

  if (prop_id != PROP_MARKED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (self->marked == g_value_get_boolean (value))
    return;

  cs_row_item_set_marked (self, g_value_get_boolean (value));
  if (self->mark_func != NULL)
    self->mark_func (self->id, self->marked, self->mark_data);
}

static void
cs_row_item_finalize (GObject *object)
{
  CsRowItem *self = CS_ROW_ITEM (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->thumbnail);
  g_clear_pointer (&self->row, cs_product_row_unref);
  g_clear_pointer (&self->finding, g_free);
  g_clear_pointer (&self->mend, g_free);

  G_OBJECT_CLASS (cs_row_item_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
cs_row_item_class_init (CsRowItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_row_item_finalize;
  object_class->get_property = cs_row_item_get_property;
  object_class->set_property = cs_row_item_set_property;

  properties[PROP_ID] =
    g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_THUMBNAIL] =
    g_param_spec_object ("thumbnail", NULL, NULL, GDK_TYPE_PAINTABLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PILL] = string_property ("pill");
  properties[PROP_PILL_CLASSES] =
    g_param_spec_boxed ("pill-classes", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PICTURES] = string_property ("pictures");
  properties[PROP_COUNT] = string_property ("count");
  properties[PROP_PRICE] = string_property ("price");
  properties[PROP_MESSAGE] = string_property ("message");
  properties[PROP_LABEL] = string_property ("label");
  properties[PROP_MARKED] =
    g_param_spec_boolean ("marked", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FINDING] = string_property ("finding");
  properties[PROP_FINDING_CLASSES] =
    g_param_spec_boxed ("finding-classes", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MEND] =
    g_param_spec_string ("mend", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_row_item_init (CsRowItem *self)
{
}

/**
 * cs_row_item_new:
 * @desk: (nullable): where thumbnails come from
 */
CsRowItem *
cs_row_item_new (CsDesk *desk,
                 gint64  id)
{
  CsRowItem *self = g_object_new (CS_TYPE_ROW_ITEM, NULL);

  g_set_object (&self->desk, desk);
  self->id = id;

  return self;
}

gint64
cs_row_item_get_id (CsRowItem *self)
{
  g_return_val_if_fail (CS_IS_ROW_ITEM (self), 0);

  return self->id;
}

CsProductRow *
cs_row_item_get_row (CsRowItem *self)
{
  g_return_val_if_fail (CS_IS_ROW_ITEM (self), NULL);

  return self->row;
}

void
cs_row_item_set_row (CsRowItem    *self,
                     CsProductRow *row)
{
  g_return_if_fail (CS_IS_ROW_ITEM (self));
  g_return_if_fail (row != NULL);

  if (self->row != NULL && g_strcmp0 (self->row->thumbnail, row->thumbnail) != 0)
    g_clear_object (&self->thumbnail);

  cs_product_row_ref (row);
  g_clear_pointer (&self->row, cs_product_row_unref);
  self->row = row;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (of_row); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[of_row[i]]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * cs_row_item_set_finding:
 * @style: a static string, the pill's style class
 * @mend: the label of the button that mends it where it cannot be approved as it is, or NULL
 */
void
cs_row_item_set_finding (CsRowItem  *self,
                         const char *finding,
                         const char *style,
                         const char *mend)
{
  g_return_if_fail (CS_IS_ROW_ITEM (self));

  g_set_str (&self->finding, finding);
  self->finding_style = style;
  g_set_str (&self->mend, mend);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING_CLASSES]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEND]);
}

gboolean
cs_row_item_get_marked (CsRowItem *self)
{
  g_return_val_if_fail (CS_IS_ROW_ITEM (self), FALSE);

  return self->marked;
}

void
cs_row_item_set_marked (CsRowItem *self,
                        gboolean   marked)
{
  g_return_if_fail (CS_IS_ROW_ITEM (self));

  if (self->marked == !!marked)
    return;

  self->marked = !!marked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKED]);
}

void
cs_row_item_set_mark_func (CsRowItem        *self,
                           CsRowItemMarkFunc func,
                           gpointer          data)
{
  g_return_if_fail (CS_IS_ROW_ITEM (self));

  self->mark_func = func;
  self->mark_data = data;
}
