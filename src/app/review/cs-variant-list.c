/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-engine-roster.h"
#include "cs-variant-button.h"
#include "cs-variant-list.h"

struct _CsVariantList
{
  AdwBin parent_instance;

  CsEngineRoster *roster;
  CsReviewItem   *item;
  GPtrArray      *buttons; /* of CsVariantButton */
  gboolean        updating;

  /* Template */
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (CsVariantList, cs_variant_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Or more variants than there is room for in the row's head */
static gboolean
has_several_engines (CsItem *item)
{
  if (item->suggestions != NULL && item->suggestions->len > CS_VARIANTS_IN_HEAD)
    return TRUE;

  for (guint i = 1; item->suggestions != NULL && i < item->suggestions->len; i++)
    {
      CsSuggestion *first = item->suggestions->pdata[0];
      CsSuggestion *other = item->suggestions->pdata[i];

      if (g_strcmp0 (first->engine, other->engine) != 0)
        return TRUE;
    }

  return FALSE;
}

static void
toggled_cb (CsVariantList   *self,
            GtkToggleButton *button)
{
  guint index;

  if (self->updating || !gtk_toggle_button_get_active (button) || !g_ptr_array_find (self->buttons, button, &index))
    return;

  g_signal_emit (self, signals[CHOSEN], 0, index);
}

/* Buttons stay what they are, so that the focus keeps its place */
static void
set_n_buttons (CsVariantList *self,
               guint          n)
{
  while (self->buttons->len < n)
    {
      GtkWidget *button = cs_variant_button_new ();

      if (self->buttons->len > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons->pdata[0]);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->box, button);
      g_ptr_array_add (self->buttons, button);
    }
  while (self->buttons->len > n)
    {
      gtk_box_remove (self->box, self->buttons->pdata[self->buttons->len - 1]);
      g_ptr_array_set_size (self->buttons, self->buttons->len - 1);
    }
}

static void
update (CsVariantList *self)
{
  CsItem  *record = self->item != NULL ? cs_review_item_get_item (self->item) : NULL;
  gboolean several = record != NULL && has_several_engines (record);

  self->updating = TRUE;
  set_n_buttons (self, several ? record->suggestions->len : 0);
  for (guint i = 0; i < self->buttons->len; i++)
    {
      CsSuggestion    *suggestion = record->suggestions->pdata[i];
      g_autofree char *name = cs_engine_roster_dup_name (self->roster, suggestion->engine);

      cs_variant_button_set (self->buttons->pdata[i], i + 1, name, suggestion);
      gtk_toggle_button_set_active (self->buttons->pdata[i], i == cs_review_item_get_variant (self->item));
    }
  self->updating = FALSE;
}

static void
cs_variant_list_dispose (GObject *object)
{
  CsVariantList *self = CS_VARIANT_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_VARIANT_LIST);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_object (&self->item);
  g_clear_object (&self->roster);

  G_OBJECT_CLASS (cs_variant_list_parent_class)->dispose (object);
}

static void
cs_variant_list_class_init (CsVariantListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_variant_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CS_TYPE_VARIANT_LIST, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-variant-list.ui");
  gtk_widget_class_bind_template_child (widget_class, CsVariantList, box);
}

static void
cs_variant_list_init (CsVariantList *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
cs_variant_list_set_item (CsVariantList *self,
                          CsDesk        *desk,
                          CsReviewItem  *item)
{
  g_return_val_if_fail (CS_IS_VARIANT_LIST (self), FALSE);

  g_set_object (&self->item, item);
  if (self->roster == NULL && g_set_object (&self->roster, cs_engine_roster_get (cs_desk_get_engines (desk))))
    g_signal_connect_object (self->roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self->buttons->len > 0;
}
