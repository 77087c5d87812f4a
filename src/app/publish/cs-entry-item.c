/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "cs-entry-item.h"
#include "cs-picture-loader.h"

struct _CsEntryItem
{
  GObject parent_instance;

  CsDesk        *desk;
  CsOutboxEntry *entry;
  GdkPaintable  *thumbnail;
};

G_DEFINE_FINAL_TYPE (CsEntryItem, cs_entry_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_THUMBNAIL,
  PROP_WHERE,
  PROP_PILL,
  PROP_PILL_CLASSES,
  PROP_MESSAGE,
  PROP_HAS_MESSAGE,
  PROP_BUSY,
  PROP_MEND,
  PROP_CAN_MEND,
  PROP_CAN_REVIEW,
  PROP_LABEL,
} CsEntryItemProperty;

static GParamSpec *properties[PROP_LABEL + 1];

/* How each state looks and what mends it; NULL where nothing has to be done. An account
 * that wants a sign-in is said once, above the list.
 */
static const struct
{
  const char *style;
  const char *mend;
  gboolean    review;
} looks[] = {
  [CS_OUTBOX_READY] = { "accent", N_("Send Now"), FALSE },
  [CS_OUTBOX_SENDING] = { "accent", NULL, FALSE },
  [CS_OUTBOX_UNKNOWN] = { "warning", N_("Look Again"), FALSE },
  [CS_OUTBOX_WAITING] = { "warning", N_("Try Now"), FALSE },
  [CS_OUTBOX_DONE] = { "success", NULL, FALSE },
  [CS_OUTBOX_DIFFERS] = { "warning", N_("Decide…"), FALSE },
  [CS_OUTBOX_FAILED] = { "error", N_("Try Again"), TRUE },
  [CS_OUTBOX_SIGN_IN] = { "error", NULL, FALSE },
  [CS_OUTBOX_CONFLICT] = { "error", N_("Decide…"), FALSE },
  [CS_OUTBOX_VOIDED] = { "quiet", NULL, TRUE },
};

static guint
get_look (CsEntryItem *self)
{
  return self->entry->state < G_N_ELEMENTS (looks) ? self->entry->state : CS_OUTBOX_VOIDED;
}

/* The time of day for today's, else the date: both as the locale writes them */
static char *
dup_when (gint64 seconds)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (seconds);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (then == NULL || seconds <= 0)
    return NULL;

  if (g_date_time_get_year (then) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    return g_date_time_format (then, "%H:%M");

  return g_date_time_format (then, "%x");
}

static char *
dup_where (CsEntryItem *self)
{
  g_autofree char *when = dup_when (self->entry->changed_at / G_USEC_PER_SEC);

  return g_strjoin (" · ", self->entry->account_name != NULL ? self->entry->account_name : "", when, NULL);
}

static char *
dup_label (CsEntryItem *self)
{
  const char *pill = cs_outbox_entry_get_label (self->entry);

  if (self->entry->message != NULL)
    return g_strdup_printf ("%s, %s, %s. %s", self->entry->title, self->entry->account_name, pill, self->entry->message);

  return g_strdup_printf ("%s, %s, %s", self->entry->title, self->entry->account_name, pill);
}

static void
cs_entry_item_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsEntryItem *self = CS_ENTRY_ITEM (object);
  const char  *style = self->entry->is_past ? "quiet" : looks[get_look (self)].style;
  const char  *classes[] = { "pill", "caption", style, NULL };

  switch ((CsEntryItemProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->entry->title);
      break;

    case PROP_THUMBNAIL:
      g_value_set_object (value, self->thumbnail);
      break;

    case PROP_WHERE:
      g_value_take_string (value, dup_where (self));
      break;

    case PROP_PILL:
      g_value_set_string (value, cs_outbox_entry_get_label (self->entry));
      break;

    case PROP_PILL_CLASSES:
      g_value_set_boxed (value, classes);
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->entry->message);
      break;

    case PROP_HAS_MESSAGE:
      g_value_set_boolean (value, self->entry->message != NULL && *self->entry->message != '\0');
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, self->entry->state == CS_OUTBOX_SENDING);
      break;

    case PROP_MEND:
      g_value_set_string (value, looks[get_look (self)].mend != NULL ? _(looks[get_look (self)].mend) : "");
      break;

    case PROP_CAN_MEND:
      g_value_set_boolean (value, looks[get_look (self)].mend != NULL);
      break;

    case PROP_CAN_REVIEW:
      g_value_set_boolean (value, looks[get_look (self)].review);
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_entry_item_finalize (GObject *object)
{
  CsEntryItem *self = CS_ENTRY_ITEM (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->entry, cs_outbox_entry_unref);
  g_clear_object (&self->thumbnail);

  G_OBJECT_CLASS (cs_entry_item_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
cs_entry_item_class_init (CsEntryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_entry_item_finalize;
  object_class->get_property = cs_entry_item_get_property;

  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_THUMBNAIL] =
    g_param_spec_object ("thumbnail", NULL, NULL, GDK_TYPE_PAINTABLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WHERE] = string_property ("where");
  properties[PROP_PILL] = string_property ("pill");
  properties[PROP_PILL_CLASSES] =
    g_param_spec_boxed ("pill-classes", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] = string_property ("message");
  properties[PROP_HAS_MESSAGE] = boolean_property ("has-message");
  properties[PROP_BUSY] = boolean_property ("busy");
  properties[PROP_MEND] = string_property ("mend");
  properties[PROP_CAN_MEND] = boolean_property ("can-mend");
  properties[PROP_CAN_REVIEW] = boolean_property ("can-review");
  properties[PROP_LABEL] = string_property ("label");

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_entry_item_init (CsEntryItem *self)
{
}

CsEntryItem *
cs_entry_item_new (CsDesk        *desk,
                   CsOutboxEntry *entry)
{
  CsEntryItem *self = g_object_new (CS_TYPE_ENTRY_ITEM, NULL);

  self->desk = g_object_ref (desk);
  self->entry = cs_outbox_entry_ref (entry);
  self->thumbnail = cs_picture_paintable_new (desk, entry->thumbnail, CS_PICTURE_THUMBNAIL);

  return self;
}

CsDesk *
cs_entry_item_get_desk (CsEntryItem *self)
{
  g_return_val_if_fail (CS_IS_ENTRY_ITEM (self), NULL);

  return self->desk;
}

CsOutboxEntry *
cs_entry_item_get_entry (CsEntryItem *self)
{
  g_return_val_if_fail (CS_IS_ENTRY_ITEM (self), NULL);

  return self->entry;
}

void
cs_entry_item_set_entry (CsEntryItem   *self,
                         CsOutboxEntry *entry)
{
  g_return_if_fail (CS_IS_ENTRY_ITEM (self));
  g_return_if_fail (entry != NULL);

  if (entry->state == self->entry->state && entry->changed_at == self->entry->changed_at &&
      entry->is_past == self->entry->is_past && entry->later == self->entry->later &&
      g_strcmp0 (entry->message, self->entry->message) == 0 && g_strcmp0 (entry->title, self->entry->title) == 0)
    return;

  cs_outbox_entry_ref (entry);
  cs_outbox_entry_unref (self->entry);
  self->entry = entry;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_TITLE; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}
