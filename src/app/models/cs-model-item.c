/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-model-item.h"

/* A download advances hundreds of times a second; the eye wants four (ms) */
#define TICK 250

struct _CsModelItem
{
  GObject parent_instance;

  CsCutoutModel *model;
  CsJob         *job;
  char          *trouble;
  gboolean       busy;
  guint          tick;
};

G_DEFINE_FINAL_TYPE (CsModelItem, cs_model_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_WORDS,
  PROP_FACTS,
  PROP_ADDRESS,
  PROP_SHA256,
  PROP_STATUS,
  PROP_FRACTION,
  PROP_TROUBLE,
  PROP_LABEL,
  PROP_DOWNLOAD_LABEL,
  PROP_IN_USE,
  PROP_NOT_FOR_SELLING,
  PROP_IS_LOADING,
  PROP_CAN_DOWNLOAD,
  PROP_CAN_USE,
  PROP_CAN_REMOVE,
} CsModelItemProperty;

static GParamSpec *properties[PROP_CAN_REMOVE + 1];

static void
update (CsModelItem *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_TITLE; i <= PROP_CAN_REMOVE; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
tick (gpointer data)
{
  CsModelItem *self = data;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);

  return G_SOURCE_CONTINUE;
}

/* "4.6 MB · Apache 2.0: may be used for selling" */
static char *
dup_facts (CsModelItem *self)
{
  g_autofree char *size = self->model->size > 0 ? g_format_size (self->model->size) : NULL;

  if (size == NULL)
    return g_strdup (self->model->licence);
  if (self->model->licence == NULL || *self->model->licence == '\0')
    return g_steal_pointer (&size);

  return g_strdup_printf ("%s · %s", size, self->model->licence);
}

static char *
dup_progress (CsModelItem *self)
{
  guint64          total = cs_job_get_total (self->job);
  g_autofree char *done = g_format_size (cs_job_get_done (self->job));
  g_autofree char *all = g_format_size (total);
  gint64           left = cs_job_get_seconds_left (self->job);
  guint            minutes = (left + 59) / 60;
  g_autofree char *time = NULL;

  if (cs_job_is_stopped (self->job))
    return g_strdup (_("Stopping…"));
  if (total == 0)
    return g_strdup (_("Asking for the file…"));
  if (cs_job_get_done (self->job) >= total)
    return g_strdup (_("Checking the file…"));
  if (left < 0)
    /* Translators: bytes of a download: 12 MB of 168 MB */
    return g_strdup_printf (_("%s of %s"), done, all);

  time = g_strdup_printf (ngettext ("%u min left", "%u min left", minutes), minutes);

  return g_strdup_printf (_("%s of %s · %s"), done, all, left < 60 ? _("Less than a minute left") : time);
}

static char *
dup_status (CsModelItem *self)
{
  g_autofree char *have = NULL;

  if (self->job != NULL)
    return dup_progress (self);
  if (self->model->is_here || self->model->partial <= 0)
    return NULL;

  have = g_format_size (self->model->partial);

  return g_strdup_printf (_("%s of it are here already"), have);
}

static double
get_fraction (CsModelItem *self)
{
  guint total = self->job != NULL ? cs_job_get_total (self->job) : 0;

  if (total > 0)
    return MIN (cs_job_get_done (self->job) / (double) total, 1);

  return 0;
}

/* What a screen reader says of the row */
static char *
dup_label (CsModelItem *self)
{
  g_autofree char *facts = dup_facts (self);

  return g_strdup_printf ("%s%s%s%s%s%s%s", self->model->title,
                          self->model->in_use ? ". " : "", self->model->in_use ? _("In use") : "",
                          self->model->commercial ? "" : ". ", self->model->commercial ? "" : _("Not for selling"),
                          facts != NULL ? ". " : "", facts != NULL ? facts : "");
}

static gboolean
is_idle (CsModelItem *self)
{
  return self->job == NULL && !self->busy;
}

static void
get_state (CsModelItem *self,
           guint        prop_id,
           GValue      *value)
{
  CsCutoutModel *model = self->model;

  switch (prop_id)
    {
    case PROP_IN_USE:
      g_value_set_boolean (value, model->in_use);
      break;

    case PROP_NOT_FOR_SELLING:
      g_value_set_boolean (value, !model->commercial);
      break;

    case PROP_IS_LOADING:
      g_value_set_boolean (value, self->job != NULL);
      break;

    case PROP_CAN_DOWNLOAD:
      g_value_set_boolean (value, is_idle (self) && !model->is_here && model->address != NULL);
      break;

    case PROP_CAN_USE:
      g_value_set_boolean (value, is_idle (self) && model->is_here && !model->in_use);
      break;

    case PROP_CAN_REMOVE:
    default:
      g_value_set_boolean (value, is_idle (self) && (model->is_here || model->partial > 0));
      break;
    }
}

static void
cs_model_item_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsModelItem   *self = CS_MODEL_ITEM (object);
  CsCutoutModel *model = self->model;

  switch ((CsModelItemProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, model->title);
      break;

    case PROP_WORDS:
      g_value_set_string (value, model->words);
      break;

    case PROP_FACTS:
      g_value_take_string (value, dup_facts (self));
      break;

    case PROP_ADDRESS:
      g_value_set_string (value, model->address);
      break;

    case PROP_SHA256:
      g_value_set_string (value, model->sha256);
      break;

    case PROP_STATUS:
      g_value_take_string (value, dup_status (self));
      break;

    case PROP_FRACTION:
      g_value_set_double (value, get_fraction (self));
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self));
      break;

    case PROP_DOWNLOAD_LABEL:
      g_value_set_string (value, model->partial > 0 ? _("_Go On Downloading…") : _("_Download…"));
      break;

    case PROP_IN_USE:
    case PROP_NOT_FOR_SELLING:
    case PROP_IS_LOADING:
    case PROP_CAN_DOWNLOAD:
    case PROP_CAN_USE:
    case PROP_CAN_REMOVE:
      get_state (self, prop_id, value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_model_item_finalize (GObject *object)
{
  CsModelItem *self = CS_MODEL_ITEM (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->model, cs_cutout_model_unref);
  g_clear_object (&self->job);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_model_item_parent_class)->finalize (object);
}

static void
cs_model_item_class_init (CsModelItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const struct
  {
    CsModelItemProperty property;
    const char         *name;
  } strings[] = {
    { PROP_TITLE, "title" },
    { PROP_WORDS, "words" },
    { PROP_FACTS, "facts" },
    { PROP_ADDRESS, "address" },
    { PROP_SHA256, "sha256" },
    { PROP_STATUS, "status" },
    { PROP_TROUBLE, "trouble" },
    { PROP_LABEL, "label" },
    { PROP_DOWNLOAD_LABEL, "download-label" },
  }, switches[] = {
    { PROP_IN_USE, "in-use" },
    { PROP_NOT_FOR_SELLING, "not-for-selling" },
    { PROP_IS_LOADING, "is-loading" },
    { PROP_CAN_DOWNLOAD, "can-download" },
    { PROP_CAN_USE, "can-use" },
    { PROP_CAN_REMOVE, "can-remove" },
  };

  G_OBJECT_CLASS (klass)->finalize = cs_model_item_finalize;
  G_OBJECT_CLASS (klass)->get_property = cs_model_item_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].property] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    properties[switches[i].property] = g_param_spec_boolean (switches[i].name, NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (properties), properties);
}

static void
cs_model_item_init (CsModelItem *self)
{
}

CsModelItem *
cs_model_item_new (CsCutoutModel *model)
{
  CsModelItem *self = g_object_new (CS_TYPE_MODEL_ITEM, NULL);

  self->model = cs_cutout_model_ref (model);

  return self;
}

CsCutoutModel *
cs_model_item_get_model (CsModelItem *self)
{
  g_return_val_if_fail (CS_IS_MODEL_ITEM (self), NULL);

  return self->model;
}

const char *
cs_model_item_get_id (CsModelItem *self)
{
  g_return_val_if_fail (CS_IS_MODEL_ITEM (self), NULL);

  return self->model->id;
}

void
cs_model_item_set_model (CsModelItem   *self,
                         CsCutoutModel *model)
{
  g_return_if_fail (CS_IS_MODEL_ITEM (self));

  cs_cutout_model_ref (model);
  cs_cutout_model_unref (self->model);
  self->model = model;
  update (self);
}

CsJob *
cs_model_item_get_job (CsModelItem *self)
{
  g_return_val_if_fail (CS_IS_MODEL_ITEM (self), NULL);

  return self->job;
}

void
cs_model_item_set_job (CsModelItem *self,
                       CsJob       *job)
{
  g_return_if_fail (CS_IS_MODEL_ITEM (self));

  g_set_object (&self->job, job);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (job != NULL)
    self->tick = g_timeout_add (TICK, tick, self);
  update (self);
}

void
cs_model_item_set_busy (CsModelItem *self,
                        gboolean     busy)
{
  g_return_if_fail (CS_IS_MODEL_ITEM (self));

  self->busy = busy;
  update (self);
}

void
cs_model_item_set_trouble (CsModelItem *self,
                           const char  *trouble)
{
  g_return_if_fail (CS_IS_MODEL_ITEM (self));

  if (g_set_str (&self->trouble, trouble))
    update (self);
}
