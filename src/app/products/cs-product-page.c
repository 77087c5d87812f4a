/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-drag.h"
#include "cs-fact-row.h"
#include "cs-fiber.h"
#include "cs-photo-card.h"
#include "cs-product-page.h"
#include "cs-window.h"

struct _CsProductPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  gint64      id;
  CsProduct  *product; /* as last read */
  GListStore *photos;  /* of CsPhotoItem */
  guint       stamp;
  guint       n_pending;

  /* Template */
  AdwWindowTitle *heading;
  GtkFlowBox     *photo_box;
  GtkWidget      *split_zone;
  GtkDropTarget  *split_target;
  CsFactRow      *note;
  CsFactRow      *title;
  CsFactRow      *price;
  CsFactRow      *stock;
  CsFactRow      *sku;
  CsFactRow      *brand;
  CsFactRow      *material;
  CsFactRow      *size;
};

G_DEFINE_FINAL_TYPE (CsProductPage, cs_product_page, ADW_TYPE_NAVIGATION_PAGE)

/* Showing */

static guint
find_alike (GPtrArray *photos,
            guint      index)
{
  for (guint i = 0; i < index; i++)
    {
      if (cs_photo_is_like (g_ptr_array_index (photos, i), g_ptr_array_index (photos, index)))
        return i + 1;
    }

  return 0;
}

static gboolean
shows_photos (CsProductPage *self,
              GPtrArray     *photos)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->photos)) != photos->len)
    return FALSE;

  for (guint i = 0; i < photos->len; i++)
    {
      g_autoptr (CsPhotoItem) item = g_list_model_get_item (G_LIST_MODEL (self->photos), i);

      if (cs_photo_item_get_photo (item)->id != ((CsPhoto *) g_ptr_array_index (photos, i))->id)
        return FALSE;
    }

  return TRUE;
}

static void
show_photos (CsProductPage *self,
             GPtrArray     *photos)
{
  g_autoptr (GPtrArray) items = NULL;

  if (shows_photos (self, photos))
    return;

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < photos->len; i++)
    g_ptr_array_add (items, cs_photo_item_new (self->desk, g_ptr_array_index (photos, i), i + 1,
                                               find_alike (photos, i)));

  g_list_store_splice (self->photos, 0, g_list_model_get_n_items (G_LIST_MODEL (self->photos)),
                       items->pdata, items->len);
  gtk_widget_set_visible (self->split_zone, photos->len > 1);
}

static void
show_facts (CsProductPage *self,
            CsProduct     *product)
{
  CsFactRow *rows[] = { self->note, self->title, self->price, self->stock,
                        self->sku, self->brand, self->material, self->size };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    cs_fact_row_show (rows[i], self->desk, product);
}

static void
show_heading (CsProductPage *self,
              CsProductRow  *row)
{
  const char      *title = row->title != NULL && *row->title != '\0' ? row->title : _("No title yet");
  g_autofree char *subtitle = NULL;

  if (row->n_pending > 0)
    subtitle = g_strdup_printf (ngettext ("%u to review", "%u to review", row->n_pending), row->n_pending);
  else if (row->message != NULL)
    subtitle = g_strdup (row->message);
  else
    subtitle = g_strdup (cs_stage_get_label (row->stage));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, subtitle);
}

static DexFuture *
read_fiber (gpointer data)
{
  CsProductPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint stamp = ++self->stamp;

  if (self->desk == NULL)
    return dex_future_new_false ();

  product = dex_await_boxed (cs_desk_get_product (self->desk, self->id), &error);
  if (stamp != self->stamp || self->desk == NULL)
    return dex_future_new_false ();
  if (product == NULL)
    {
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  rows = dex_await_boxed (cs_desk_get_rows (self->desk, &self->id, 1), &error);
  if (stamp != self->stamp || self->desk == NULL)
    return dex_future_new_false ();

  g_clear_pointer (&self->product, cs_product_unref);
  self->product = cs_product_ref (product);
  if (rows != NULL && rows->len > 0)
    show_heading (self, g_ptr_array_index (rows, 0));
  show_photos (self, product->photos);
  show_facts (self, product);

  return dex_future_new_true ();
}

static void
read_now (CsProductPage *self)
{
  dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));
}

static void
desk_changed (CsProductPage *self,
              CsDeskChange   what,
              gint64         product)
{
  if ((what == CS_DESK_PRODUCT || what == CS_DESK_PRODUCTS) && (product == 0 || product == self->id))
    read_now (self);
}

static GtkWidget *
make_photo_card (gpointer item,
                 gpointer data)
{
  return cs_photo_card_new (item);
}

/* Commands */

typedef struct
{
  CsProductPage *page;
  GArray        *photos; /* of gint64 */
  int            position;
} Command;

static Command *
command_new (CsProductPage *page)
{
  Command *command = g_new0 (Command, 1);

  command->page = g_object_ref (page);
  command->photos = g_array_new (FALSE, FALSE, sizeof (gint64));

  return command;
}

static void
command_free (Command *command)
{
  g_clear_object (&command->page);
  g_clear_pointer (&command->photos, g_array_unref);
  g_free (command);
}

static void
run (Command     *command,
     DexFiberFunc fiber)
{
  dex_future_disown (cs_fiber_spawn (fiber, command, (GDestroyNotify) command_free));
}

static Command *
command_for_selected (CsProductPage *self)
{
  Command *command = command_new (self);
  GList   *selected = gtk_flow_box_get_selected_children (self->photo_box);

  for (GList *iter = selected; iter != NULL; iter = iter->next)
    {
      CsPhoto *photo = cs_photo_item_get_photo (cs_photo_card_get_item (iter->data));

      g_array_append_val (command->photos, photo->id);
    }

  g_list_free (selected);

  return command;
}

static DexFuture *
split_fiber (gpointer data)
{
  Command       *command = data;
  CsProductPage *self = command->page;
  g_autoptr (GError) error = NULL;

  if (dex_await_int64 (cs_desk_split_product (self->desk, (const gint64 *) command->photos->data, command->photos->len),
                       &error) == 0 &&
      error != NULL)
    cs_window_report (GTK_WIDGET (self), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s", _("Made a product of its own"));

  read_now (self);

  return dex_future_new_true ();
}

static void
split_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  run (command_for_selected (CS_PRODUCT_PAGE (widget)), split_fiber);
}

static gboolean
dropped_to_split (CsProductPage *self,
                  const GValue  *value,
                  double         x,
                  double         y,
                  GtkDropTarget *target)
{
  Command *command;
  gint64   photo;

  if (!cs_drag_read (value, CS_DRAG_PHOTO, &photo) || self->product == NULL || self->product->photos->len < 2)
    return FALSE;

  command = command_new (self);
  g_array_append_val (command->photos, photo);
  run (command, split_fiber);

  return TRUE;
}

static DexFuture *
move_fiber (gpointer data)
{
  Command       *command = data;
  CsProductPage *self = command->page;
  gint64         photo = g_array_index (command->photos, gint64, 0);
  g_autoptr (GError) error = NULL;
  GtkFlowBoxChild *child;

  if (!dex_await (cs_desk_move_photo (self->desk, photo, self->id, command->position), &error))
    cs_window_report (GTK_WIDGET (self), error);

  /* The photo that was moved stays the one that the keys act on */
  dex_await (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref), NULL);
  if (self->desk != NULL && (child = gtk_flow_box_get_child_at_index (self->photo_box, command->position)) != NULL)
    {
      gtk_flow_box_select_child (self->photo_box, child);
      gtk_widget_grab_focus (GTK_WIDGET (child));
    }

  return dex_future_new_true ();
}

static int
find_photo (CsProductPage *self,
            gint64         id)
{
  for (guint i = 0; self->product != NULL && i < self->product->photos->len; i++)
    {
      if (((CsPhoto *) g_ptr_array_index (self->product->photos, i))->id == id)
        return i;
    }

  return -1;
}

static void
move_photo (CsProductPage *self,
            gint64         photo,
            int            position)
{
  Command *command;

  if (position < 0 || self->product == NULL || position >= (int) self->product->photos->len)
    return;

  command = command_new (self);
  g_array_append_val (command->photos, photo);
  command->position = position;
  run (command, move_fiber);
}

static void
drop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsProductPage *self = CS_PRODUCT_PAGE (widget);
  gint64         onto, dragged;

  g_variant_get (parameter, "(xx)", &onto, &dragged);
  move_photo (self, dragged, find_photo (self, onto));
}

static void
step_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsProductPage *self = CS_PRODUCT_PAGE (widget);
  Command       *command = command_for_selected (self);

  if (command->photos->len == 1)
    {
      gint64 photo = g_array_index (command->photos, gint64, 0);

      move_photo (self, photo, find_photo (self, photo) + (g_str_equal (action_name, "photo.earlier") ? -1 : 1));
    }

  command_free (command);
}

static DexFuture *
suggest_fiber (gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_suggest (command->page->desk, &command->page->id, 1), &error))
    cs_window_report (GTK_WIDGET (command->page), error);

  return dex_future_new_true ();
}

static void
suggest_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  run (command_new (CS_PRODUCT_PAGE (widget)), suggest_fiber);
}

static DexFuture *
archive_fiber (gpointer data)
{
  Command       *command = data;
  CsProductPage *self = command->page;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_archive_products (self->desk, &self->id, 1, TRUE), &error))
    {
      cs_window_report (GTK_WIDGET (self), error);
      return dex_future_new_false ();
    }

  gtk_widget_activate_action (GTK_WIDGET (self), "window.toast", "s", _("Archived. Nothing was deleted."));
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);

  return dex_future_new_true ();
}

static void
archive_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  run (command_new (CS_PRODUCT_PAGE (widget)), archive_fiber);
}

static void
review_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "window.review-product", "x", CS_PRODUCT_PAGE (widget)->id);
}

static void
selection_changed (CsProductPage *self)
{
  GList *selected = gtk_flow_box_get_selected_children (self->photo_box);
  guint  n = g_list_length (selected);
  guint  total = g_list_model_get_n_items (G_LIST_MODEL (self->photos));

  g_list_free (selected);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.split", n > 0 && n < total);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.earlier", n == 1 && total > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.later", n == 1 && total > 1);
}

/* The class */

static void
cs_product_page_shown (AdwNavigationPage *page)
{
  CsProductPage *self = CS_PRODUCT_PAGE (page);

  if (ADW_NAVIGATION_PAGE_CLASS (cs_product_page_parent_class)->shown != NULL)
    ADW_NAVIGATION_PAGE_CLASS (cs_product_page_parent_class)->shown (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
cs_product_page_dispose (GObject *object)
{
  CsProductPage *self = CS_PRODUCT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PRODUCT_PAGE);
  g_clear_pointer (&self->product, cs_product_unref);
  g_clear_object (&self->photos);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_product_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-product-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, heading);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, photo_box);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, split_zone);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, split_target);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, note);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, title);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, price);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, stock);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, sku);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, brand);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, material);
  gtk_widget_class_bind_template_child (widget_class, CsProductPage, size);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, dropped_to_split);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "photo.split", NULL, split_action);
  gtk_widget_class_install_action (widget_class, "photo.drop", "(xx)", drop_action);
  gtk_widget_class_install_action (widget_class, "photo.earlier", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "photo.later", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "product.suggest", NULL, suggest_action);
  gtk_widget_class_install_action (widget_class, "product.archive", NULL, archive_action);
  gtk_widget_class_install_action (widget_class, "product.review", NULL, review_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "photo.split", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "photo.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "photo.later", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "product.suggest", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "product.review", NULL);
}

static void
cs_product_page_class_init (CsProductPageClass *klass)
{
  GObjectClass           *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass         *widget_class = GTK_WIDGET_CLASS (klass);
  AdwNavigationPageClass *page_class = ADW_NAVIGATION_PAGE_CLASS (klass);

  object_class->dispose = cs_product_page_dispose;
  page_class->shown = cs_product_page_shown;

  g_type_ensure (CS_TYPE_FACT_ROW);

  bind_template (widget_class);
  install_actions (widget_class);
}

static void
cs_product_page_init (CsProductPage *self)
{
  self->photos = g_list_store_new (CS_TYPE_PHOTO_ITEM);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->split_target, (GType[]) { G_TYPE_VARIANT }, 1);
  gtk_flow_box_bind_model (self->photo_box, G_LIST_MODEL (self->photos), make_photo_card, NULL, NULL);
  selection_changed (self);
}

GtkWidget *
cs_product_page_new (CsDesk *desk,
                     gint64  product)
{
  CsProductPage *self = g_object_new (CS_TYPE_PRODUCT_PAGE, NULL);

  g_set_object (&self->desk, desk);
  self->id = product;
  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed), self, G_CONNECT_SWAPPED);
  read_now (self);

  return GTK_WIDGET (self);
}
