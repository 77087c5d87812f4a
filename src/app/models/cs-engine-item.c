/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "cs-engine-item.h"

struct _CsEngineItem
{
  GObject parent_instance;

  CsEngineSetup *setup;
  gint64         spent;
  gboolean       unpriced;
  gboolean       busy;
  char          *said;
  char          *trouble;
};

G_DEFINE_FINAL_TYPE (CsEngineItem, cs_engine_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_WHERE,
  PROP_AGREED,
  PROP_COST,
  PROP_FRACTION,
  PROP_HAS_BUDGET,
  PROP_NEVER_PHOTOS,
  PROP_SAID,
  PROP_TROUBLE,
  PROP_WRITES,
  PROP_BUSY,
  PROP_IDLE,
  PROP_LABEL,
} CsEngineItemProperty;

static GParamSpec *properties[PROP_LABEL + 1];

static void
update (CsEngineItem *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_TITLE; i <= PROP_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

char *
cs_engine_setup_dup_host (CsEngineSetup *setup)
{
  g_autoptr (GUri) uri = setup->address != NULL ? g_uri_parse (setup->address, G_URI_FLAGS_NONE, NULL) : NULL;
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : setup->address != NULL ? setup->address
                                                                : "");
}

static char *
dup_where (CsEngineItem *self)
{
  g_autofree char *host = cs_engine_setup_dup_host (self->setup);

  if (cs_engine_setup_is_here (self->setup))
    /* Translators: a computer's address */
    return g_strdup_printf (_("Goes to a server on this computer (%s), which may pass it on"), host);

  return g_strdup_printf (_("Goes to %s"), host);
}

static const char *
get_agreed (CsEngineItem *self)
{
  CsEngineSetup *setup = self->setup;

  if (!setup->may_text)
    return _("Nothing was sent to it yet. Before the first time you see exactly what would go.");
  if (setup->never_photos)
    return _("You agreed that texts go there. Photos never do.");
  if (!setup->may_photos)
    return _("You agreed that texts go there. Before the first photo you are asked.");

  return _("You agreed that texts and photos go there.");
}

/* "0.42 CNY of 20.00 CNY this month" */
static char *
dup_cost (CsEngineItem *self)
{
  CsEngineSetup   *setup = self->setup;
  g_autofree char *spent = cs_price_to_display (MAX (self->spent, 0), setup->price.currency);
  g_autofree char *budget = setup->budget >= 0 ? cs_price_to_display (setup->budget, setup->price.currency) : NULL;

  if (self->unpriced && budget == NULL)
    return g_strdup_printf (_("%s this month, and more that has no price here"), spent);
  if (budget == NULL && self->spent <= 0)
    return g_strdup (_("Nothing spent this month"));
  if (budget == NULL)
    return g_strdup_printf (_("%s this month, without a limit"), spent);
  if (self->spent >= setup->budget)
    return g_strdup_printf (_("This month’s %s are used up. Give it more under Change, or wait for the next month."), budget);

  /* Translators: what was spent, of the month's budget */
  return g_strdup_printf (_("%s of %s this month"), spent, budget);
}

static double
get_fraction (CsEngineItem *self)
{
  if (self->setup->budget <= 0)
    return self->setup->budget == 0 ? 1 : 0;

  return CLAMP (self->spent / (double) self->setup->budget, 0, 1);
}

/* What a screen reader says of the row */
static char *
dup_label (CsEngineItem *self)
{
  g_autofree char *where = dup_where (self);
  g_autofree char *cost = dup_cost (self);

  return g_strdup_printf ("%s. %s. %s", self->setup->title, where, cost);
}

static void
get_words (CsEngineItem        *self,
           CsEngineItemProperty property,
           GValue              *value)
{
  switch (property)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->setup->title);
      break;

    case PROP_WHERE:
      g_value_take_string (value, dup_where (self));
      break;

    case PROP_AGREED:
      g_value_set_string (value, get_agreed (self));
      break;

    case PROP_COST:
      g_value_take_string (value, dup_cost (self));
      break;

    case PROP_SAID:
      g_value_set_string (value, self->said);
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;

    case PROP_LABEL:
    case PROP_FRACTION:
    case PROP_HAS_BUDGET:
    case PROP_NEVER_PHOTOS:
    case PROP_WRITES:
    case PROP_BUSY:
    case PROP_IDLE:
    default:
      g_value_take_string (value, dup_label (self));
      break;
    }
}

static void
cs_engine_item_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsEngineItem *self = CS_ENGINE_ITEM (object);

  switch ((CsEngineItemProperty) prop_id)
    {
    case PROP_TITLE:
    case PROP_WHERE:
    case PROP_AGREED:
    case PROP_COST:
    case PROP_SAID:
    case PROP_TROUBLE:
    case PROP_LABEL:
      get_words (self, prop_id, value);
      break;

    case PROP_FRACTION:
      g_value_set_double (value, get_fraction (self));
      break;

    case PROP_HAS_BUDGET:
      g_value_set_boolean (value, self->setup->budget >= 0);
      break;

    case PROP_NEVER_PHOTOS:
      g_value_set_boolean (value, self->setup->never_photos);
      break;

    case PROP_WRITES:
      g_value_set_boolean (value, self->setup->kind == CS_ENGINE_WRITES);
      break;

    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;

    case PROP_IDLE:
      g_value_set_boolean (value, !self->busy);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_engine_item_finalize (GObject *object)
{
  CsEngineItem *self = CS_ENGINE_ITEM (object);

  g_clear_pointer (&self->setup, cs_engine_setup_unref);
  g_clear_pointer (&self->said, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_engine_item_parent_class)->finalize (object);
}

static void
cs_engine_item_class_init (CsEngineItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct
  {
    CsEngineItemProperty property;
    const char          *name;
  } strings[] = {
    { PROP_TITLE, "title" },
    { PROP_WHERE, "where" },
    { PROP_AGREED, "agreed" },
    { PROP_COST, "cost" },
    { PROP_SAID, "said" },
    { PROP_TROUBLE, "trouble" },
    { PROP_LABEL, "label" },
  }, switches[] = {
    { PROP_HAS_BUDGET, "has-budget" },
    { PROP_NEVER_PHOTOS, "never-photos" },
    { PROP_WRITES, "writes" },
    { PROP_BUSY, "busy" },
    { PROP_IDLE, "idle" },
  };

  G_OBJECT_CLASS (klass)->finalize = cs_engine_item_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_engine_item_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].property] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    properties[switches[i].property] = g_param_spec_boolean (switches[i].name, NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
cs_engine_item_init (CsEngineItem *self)
{
}

CsEngineItem *
cs_engine_item_new (CsEngineSetup *setup)
{
  CsEngineItem *self = g_object_new (CS_TYPE_ENGINE_ITEM, NULL);

  self->setup = cs_engine_setup_ref (setup);

  return self;
}

CsEngineSetup *
cs_engine_item_get_setup (CsEngineItem *self)
{
  g_return_val_if_fail (CS_IS_ENGINE_ITEM (self), NULL);

  return self->setup;
}

const char *
cs_engine_item_get_id (CsEngineItem *self)
{
  g_return_val_if_fail (CS_IS_ENGINE_ITEM (self), NULL);

  return self->setup->id;
}

void
cs_engine_item_set_setup (CsEngineItem  *self,
                          CsEngineSetup *setup)
{
  g_return_if_fail (CS_IS_ENGINE_ITEM (self));

  cs_engine_setup_ref (setup);
  cs_engine_setup_unref (self->setup);
  self->setup = setup;
  update (self);
}

void
cs_engine_item_set_spent (CsEngineItem *self,
                          gint64        spent,
                          gboolean      unpriced)
{
  g_return_if_fail (CS_IS_ENGINE_ITEM (self));

  self->spent = spent;
  self->unpriced = unpriced;
  update (self);
}

void
cs_engine_item_set_busy (CsEngineItem *self,
                         gboolean      busy)
{
  g_return_if_fail (CS_IS_ENGINE_ITEM (self));

  self->busy = busy;
  update (self);
}

void
cs_engine_item_set_said (CsEngineItem *self,
                         const char   *said,
                         const char   *trouble)
{
  g_return_if_fail (CS_IS_ENGINE_ITEM (self));

  g_set_str (&self->said, said);
  g_set_str (&self->trouble, trouble);
  update (self);
}
