/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-brush.h"
#include "cs-mask-edit-private.h"

struct _CsMaskEdit
{
  GObject parent_instance;

  CsBrush *brush;
  GBytes  *photo;
  int      width;
  int      height;
  gboolean could_undo; /* as last told */
  gboolean could_redo;
};

G_DEFINE_FINAL_TYPE (CsMaskEdit, cs_mask_edit, G_TYPE_OBJECT)

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
} CsMaskEditProperty;

static GParamSpec *properties[PROP_CAN_REDO + 1];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_changed (CsMaskEdit *self,
              const int  *changed)
{
  if (changed[2] > 0 && changed[3] > 0)
    g_signal_emit (self, signals[CHANGED], 0, changed[0], changed[1], changed[2], changed[3]);
}

static void
tell_strokes (CsMaskEdit *self)
{
  gboolean can_undo = cs_mask_edit_can_undo (self);
  gboolean can_redo = cs_mask_edit_can_redo (self);

  if (can_undo != self->could_undo)
    {
      self->could_undo = can_undo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
    }
  if (can_redo != self->could_redo)
    {
      self->could_redo = can_redo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
    }
}

static void
cs_mask_edit_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsMaskEdit *self = CS_MASK_EDIT (object);

  switch ((CsMaskEditProperty) prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, cs_mask_edit_can_undo (self));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, cs_mask_edit_can_redo (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_mask_edit_finalize (GObject *object)
{
  CsMaskEdit *self = CS_MASK_EDIT (object);

  g_clear_pointer (&self->brush, cs_brush_free);
  g_clear_pointer (&self->photo, g_bytes_unref);

  G_OBJECT_CLASS (cs_mask_edit_parent_class)->finalize (object);
}

static void
cs_mask_edit_class_init (CsMaskEditClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_mask_edit_finalize;
  object_class->get_property = cs_mask_edit_get_property;

  properties[PROP_CAN_UNDO] =
    g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO] =
    g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_MASK_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);
}

static void
cs_mask_edit_init (CsMaskEdit *self)
{
}

CsMaskEdit *
cs_mask_edit_new (GBytes *photo,
                  GBytes *mask,
                  int     width,
                  int     height)
{
  CsMaskEdit *self = g_object_new (CS_TYPE_MASK_EDIT, NULL);

  self->photo = g_bytes_ref (photo);
  self->width = width;
  self->height = height;
  self->brush = cs_brush_new (photo, mask, width, height);

  return self;
}

int
cs_mask_edit_get_width (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), 0);

  return self->width;
}

int
cs_mask_edit_get_height (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), 0);

  return self->height;
}

const guint8 *
cs_mask_edit_get_photo (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), NULL);

  return g_bytes_get_data (self->photo, NULL);
}

const guint8 *
cs_mask_edit_get_mask (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), NULL);

  return cs_brush_get_mask (self->brush);
}

/* Parts of the photo to pixels, whose middles are whole numbers */

void
cs_mask_edit_begin_stroke (CsMaskEdit *self,
                           CsBrushKind kind,
                           double      radius,
                           double      x,
                           double      y,
                           double      pressure)
{
  int changed[4];

  g_return_if_fail (CS_IS_MASK_EDIT (self));

  cs_brush_begin (self->brush, kind == CS_BRUSH_BRING_BACK, radius * MAX (self->width, self->height),
                  x * self->width - 0.5, y * self->height - 0.5, pressure, changed);
  tell_changed (self, changed);
}

void
cs_mask_edit_move_stroke (CsMaskEdit *self,
                          double      x,
                          double      y,
                          double      pressure)
{
  int changed[4];

  g_return_if_fail (CS_IS_MASK_EDIT (self));

  cs_brush_move (self->brush, x * self->width - 0.5, y * self->height - 0.5, pressure, changed);
  tell_changed (self, changed);
}

void
cs_mask_edit_end_stroke (CsMaskEdit *self)
{
  g_return_if_fail (CS_IS_MASK_EDIT (self));

  cs_brush_end (self->brush);
  tell_strokes (self);
}

gboolean
cs_mask_edit_can_undo (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), FALSE);

  return cs_brush_get_n_undo (self->brush) > 0;
}

gboolean
cs_mask_edit_can_redo (CsMaskEdit *self)
{
  g_return_val_if_fail (CS_IS_MASK_EDIT (self), FALSE);

  return cs_brush_get_n_redo (self->brush) > 0;
}

void
cs_mask_edit_undo (CsMaskEdit *self)
{
  int changed[4];

  g_return_if_fail (CS_IS_MASK_EDIT (self));

  if (cs_brush_undo (self->brush, changed))
    tell_changed (self, changed);
  tell_strokes (self);
}

void
cs_mask_edit_redo (CsMaskEdit *self)
{
  int changed[4];

  g_return_if_fail (CS_IS_MASK_EDIT (self));

  if (cs_brush_redo (self->brush, changed))
    tell_changed (self, changed);
  tell_strokes (self);
}
