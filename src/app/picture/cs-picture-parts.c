/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-json.h"
#include "cs-picture-parts.h"

static const char *const members[] = { "straighten", "crop", "square", "white_balance", "exposure" };

#define N_PARTS G_N_ELEMENTS (members)

struct _CsPictureParts
{
  AdwBin parent_instance;

  JsonNode *settings;
  gboolean  is_updating;

  /* Template */
  GtkCheckButton *straighten;
  GtkCheckButton *crop;
  GtkCheckButton *square;
  GtkCheckButton *white_balance;
  GtkCheckButton *exposure;
};

G_DEFINE_FINAL_TYPE (CsPictureParts, cs_picture_parts, ADW_TYPE_BIN)

enum
{
  SWITCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkCheckButton *
get_part (CsPictureParts *self,
          guint           part)
{
  GtkCheckButton *parts[N_PARTS] = { self->straighten, self->crop, self->square, self->white_balance, self->exposure };

  return parts[part];
}

static void
toggled_cb (CsPictureParts *self)
{
  if (!self->is_updating)
    g_signal_emit (self, signals[SWITCHED], 0);
}

static void
cs_picture_parts_dispose (GObject *object)
{
  CsPictureParts *self = CS_PICTURE_PARTS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICTURE_PARTS);
  g_clear_pointer (&self->settings, json_node_unref);

  G_OBJECT_CLASS (cs_picture_parts_parent_class)->dispose (object);
}

static void
cs_picture_parts_class_init (CsPicturePartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_parts_dispose;
  signals[SWITCHED] = g_signal_new ("switched", CS_TYPE_PICTURE_PARTS, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-picture-parts.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, straighten);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, crop);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, square);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, white_balance);
  gtk_widget_class_bind_template_child (widget_class, CsPictureParts, exposure);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
cs_picture_parts_init (CsPictureParts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* NULL or what cannot be read stands for an empty recipe: all parts off */
void
cs_picture_parts_set_settings (CsPictureParts *self,
                               const char     *settings)
{
  JsonObject *object;

  g_return_if_fail (CS_IS_PICTURE_PARTS (self));

  g_clear_pointer (&self->settings, json_node_unref);
  self->settings = settings != NULL ? cs_json_parse (settings, -1, NULL) : NULL;
  object = cs_json_node_object (self->settings);
  self->is_updating = TRUE;
  for (guint i = 0; i < N_PARTS; i++)
    gtk_check_button_set_active (get_part (self, i), cs_json_bool (object, members[i], FALSE));
  self->is_updating = FALSE;
}

char *
cs_picture_parts_dup_settings (CsPictureParts *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) changed = json_object_new ();
  JsonObject *object;

  g_return_val_if_fail (CS_IS_PICTURE_PARTS (self), NULL);

  object = cs_json_node_object (self->settings);
  if (object != NULL)
    {
      JsonObjectIter iter;
      const char    *name;
      JsonNode      *value;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (changed, name, json_node_copy (value));
    }
  for (guint i = 0; i < N_PARTS; i++)
    json_object_set_boolean_member (changed, members[i], gtk_check_button_get_active (get_part (self, i)));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, changed);

  return cs_json_canonical (node);
}
