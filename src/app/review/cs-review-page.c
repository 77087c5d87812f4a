/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-field-row.h"
#include "cs-page-focus.h"
#include "cs-review-page-private.h"
#include "cs-window.h"

/* Changes that come in a burst are taken up together (ms) */
#define BURST 200

G_DEFINE_FINAL_TYPE (CsReviewPage, cs_review_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
} CsReviewPageProperty;

static GParamSpec *properties[PROP_DESK + 1];

/* What is lit up */

static CsReviewItem *
get_focus (CsReviewPage *self)
{
  return self->sheet != NULL ? cs_review_sheet_get_focus (self->sheet) : NULL;
}

/* What a key pressed now is about; see cs-review-steps.c */
CsReviewItem *
cs_review_page_get_target (CsReviewPage *self)
{
  return cs_review_line_is_idle (self->line) ? get_focus (self) : self->planned;
}

/* Where an item stands on the page, or NULL */
CsFieldRow *
cs_review_page_get_row (CsReviewPage *self,
                        CsReviewItem *item)
{
  guint position;

  if (self->sheet == NULL || item == NULL ||
      !g_list_store_find (G_LIST_STORE (cs_review_sheet_get_items (self->sheet)), item, &position))
    return NULL;

  return CS_FIELD_ROW (gtk_list_box_get_row_at_index (self->fields, position));
}

/* Rows take the focus from each other, and from outside of the page where a
 * pointer left it; never from who walks there with keys, or writes
 */
static gboolean
may_take_focus (CsReviewPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;

  if (focus == NULL || !gtk_widget_get_mapped (focus) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->fields)))
    return TRUE;

  return !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && !gtk_window_get_focus_visible (GTK_WINDOW (root));
}

void
cs_review_page_focus_item (CsReviewPage *self,
                           CsReviewItem *item)
{
  CsItem     *record;
  CsFieldRow *row;
  GtkWidget  *viewport;

  if (self->sheet == NULL || item == NULL)
    return;

  if (item != cs_review_sheet_get_focus (self->sheet))
    cs_review_item_prefer_answer (item);
  cs_review_sheet_set_focus (self->sheet, item);
  record = cs_review_item_get_item (item);
  if (cs_field_is_of_photo (record->field))
    cs_picture_pane_set_photo (self->picture, MAX (cs_review_sheet_find_photo (self->sheet, record->photo), 0));

  if ((row = cs_review_page_get_row (self, item)) != NULL)
    {
      viewport = gtk_widget_get_ancestor (GTK_WIDGET (row), GTK_TYPE_VIEWPORT);
      gtk_list_box_select_row (self->fields, GTK_LIST_BOX_ROW (row));
      if (may_take_focus (self))
        gtk_widget_grab_focus (GTK_WIDGET (row));
      if (viewport != NULL)
        gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (row), NULL);
    }
  cs_review_page_update_actions (self);
}

static gboolean
is_local (GListModel *items)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsReviewItem) item = g_list_model_get_item (items, i);
      CsSuggestion *suggestion = cs_review_item_get_suggestion (item);

      if (suggestion != NULL && g_strcmp0 (suggestion->engine, "text") != 0 &&
          g_strcmp0 (suggestion->engine, "picture") != 0)
        return FALSE;
    }

  return TRUE;
}

static void
update_heading (CsReviewPage *self)
{
  CsProduct       *product = self->sheet != NULL ? cs_review_sheet_get_product (self->sheet) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  const char      *sku = product != NULL ? product->values[CS_FIELD_SKU] : NULL;

  title = product != NULL ? cs_review_sheet_dup_title (self->sheet) : g_strdup (_("Review"));
  /* Translators: SKU is the seller's own number of an article */
  subtitle = sku != NULL && *sku != '\0' ? g_strdup_printf (_("SKU %s"), sku) : g_strdup ("");
  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, subtitle);
  gtk_widget_set_visible (self->origin, product != NULL && is_local (cs_review_sheet_get_items (self->sheet)));
}

/* sentence: also for who does not see it */
void
cs_review_page_say (CsReviewPage *self,
                    const char   *sentence,
                    gboolean      is_toast)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (!is_toast)
    return;

  /* Toasts stand in line; of keys that are pressed quickly the last one counts */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  self->toast = adw_toast_new (sentence);
  adw_toast_set_use_markup (self->toast, FALSE);
  adw_toast_set_timeout (self->toast, 3);
  cs_window_add_toast (GTK_WIDGET (self), g_object_ref (self->toast));
}

/* What is on the table */

static void
row_decided_cb (CsReviewPage *self,
                int           verdict,
                CsFieldRow   *row)
{
  static const char *const actions[] = {
    [CS_VERDICT_ACCEPT] = "review.accept",
    [CS_VERDICT_EDIT] = "review.edit",
    [CS_VERDICT_REJECT] = "review.reject",
  };

  if (!cs_review_line_is_idle (self->line))
    return;

  cs_review_page_focus_item (self, cs_field_row_get_item (row));
  gtk_widget_activate_action (GTK_WIDGET (self), actions[verdict], NULL);
}

static void
row_written_cb (CsReviewPage *self,
                CsFieldRow   *row)
{
  CsReviewItem    *item = cs_field_row_get_item (row);
  g_autofree char *text = g_strdup (cs_review_item_get_draft (item));

  if (text != NULL && !cs_review_item_get_busy (item))
    cs_review_page_decide (self, item, CS_VERDICT_EDIT, text);
}

static void
row_answered_cb (CsReviewPage *self,
                 const char   *answer,
                 CsFieldRow   *row)
{
  CsReviewItem *item = cs_field_row_get_item (row);

  if (!cs_review_item_get_busy (item))
    cs_review_page_answer (self, item, answer);
}

static void
row_item_changed_cb (GtkWidget *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (row, CS_TYPE_REVIEW_PAGE);

  if (page != NULL)
    cs_review_page_update_actions (CS_REVIEW_PAGE (page));
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  CsReviewPage *self = data;
  GtkWidget    *row = cs_field_row_new (self->sheet, item);

  g_signal_connect_object (row, "decided", G_CALLBACK (row_decided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "written", G_CALLBACK (row_written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "answered", G_CALLBACK (row_answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (row_item_changed_cb), row, G_CONNECT_SWAPPED);

  return row;
}

static void
sheet_changed_cb (CsReviewPage *self)
{
  update_heading (self);
  if (get_focus (self) == NULL)
    cs_review_page_focus_item (self, cs_review_sheet_get_next (self->sheet, NULL, FALSE));
  cs_review_page_update_actions (self);
}

static void
row_selected_cb (CsReviewPage  *self,
                 GtkListBoxRow *row)
{
  CsReviewItem *item = row != NULL ? cs_field_row_get_item (CS_FIELD_ROW (row)) : NULL;

  if (item != NULL && item != get_focus (self) && cs_review_line_is_idle (self->line))
    cs_review_page_focus_item (self, item);
}

static void
photo_stepped_cb (CsReviewPage *self,
                  guint         index)
{
  CsReviewItem *focus = get_focus (self);
  CsPhoto      *photo = cs_review_sheet_get_photo (self->sheet, index);
  CsField       field = focus != NULL ? cs_review_item_get_item (focus)->field : CS_FIELD_TITLE;

  if (photo != NULL && cs_field_is_of_photo (field) && cs_review_line_is_idle (self->line))
    cs_review_page_focus_item (self, cs_review_sheet_find (self->sheet, field, photo->id));
}

static void
take_sheet (CsReviewPage  *self,
            CsReviewSheet *sheet)
{
  cs_review_brush_leave (self);
  if (self->sheet != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->sheet, sheet_changed_cb, self);
      gtk_list_box_bind_model (self->fields, NULL, NULL, NULL, NULL);
    }
  g_set_object (&self->sheet, sheet);
  cs_picture_pane_set_sheet (self->picture, sheet);
  if (sheet == NULL)
    {
      cs_review_asking_update (self);
      return;
    }

  gtk_list_box_bind_model (self->fields, cs_review_sheet_get_items (sheet), create_row, self, NULL);
  g_signal_connect_object (sheet, "changed", G_CALLBACK (sheet_changed_cb), self, G_CONNECT_SWAPPED);
  self->shown_at = g_get_monotonic_time ();
  cs_review_asking_update (self);
}

static void
prefetch (CsReviewPage *self)
{
  gint64 here = cs_review_sheet_get_id (self->sheet);
  gint64 next = cs_review_queue_get_next (self->queue, here, 1, TRUE);
  int    side = cs_picture_pane_get_wanted_side (self->picture);

  cs_review_cache_prefetch (self->cache, next, side);
  if (next != 0)
    cs_review_cache_prefetch (self->cache, cs_review_queue_get_next (self->queue, next, 1, TRUE), side);
}

/* focus: what is to be lit up; NULL for where the person was, else the first that waits */
void
cs_review_page_lay_out (CsReviewPage  *self,
                        CsReviewSheet *sheet,
                        CsReviewItem  *focus)
{
  gboolean had_focus = may_take_focus (self);

  if (self->sheet != sheet)
    take_sheet (self, sheet);

  if (focus == NULL)
    focus = cs_review_sheet_get_focus (sheet);
  if (focus == NULL || (!cs_review_item_is_pending (focus) && cs_review_item_get_draft (focus) == NULL &&
                        focus == cs_review_sheet_get_focus (sheet)))
    {
      CsReviewItem *next = cs_review_sheet_get_next (sheet, NULL, FALSE);

      focus = next != NULL ? next : focus;
    }
  if (focus == NULL)
    focus = cs_review_sheet_get_neighbour (sheet, NULL, 1);

  gtk_stack_set_visible_child_name (self->stack, "review");
  gtk_widget_set_visible (self->bar, TRUE);
  update_heading (self);
  cs_review_queue_set_current (self->queue, cs_review_sheet_get_id (sheet));
  cs_film_strip_set_current (self->strip, cs_review_sheet_get_id (sheet));
  cs_review_page_focus_item (self, focus);
  if (had_focus && cs_review_page_get_row (self, focus) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cs_review_page_get_row (self, focus)));
  cs_review_page_update_actions (self);
  prefetch (self);
}

/* Nothing is left to review */
void
cs_review_page_clear (CsReviewPage *self)
{
  take_sheet (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_widget_set_visible (self->bar, FALSE);
  update_heading (self);
  cs_film_strip_set_current (self->strip, 0);
  cs_review_page_update_actions (self);
}

/* What waits could not be read */
void
cs_review_page_fail (CsReviewPage *self,
                     const GError *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  cs_review_page_clear (self);
  adw_status_page_set_description (self->failed, description);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* What changes meanwhile */

static void
queue_refreshed (CsReviewPage *self)
{
  if (self->sheet == NULL && cs_review_queue_get_n_left (self->queue) > 0 && cs_review_line_is_idle (self->line))
    cs_review_page_go_to (self, 0);
}

static DexFuture *
queue_refreshed_cb (DexFuture *future,
                    gpointer   data)
{
  CsReviewPage *self = data;

  if (self->desk != NULL)
    queue_refreshed (self);

  return NULL;
}

static gboolean
burst_cb (gpointer data)
{
  CsReviewPage *self = data;

  self->burst = 0;
  dex_future_disown (dex_future_then (cs_review_queue_refresh (self->queue), queue_refreshed_cb,
                                      g_object_ref (self), g_object_unref));

  return G_SOURCE_REMOVE;
}

static void
desk_changed_cb (CsReviewPage *self,
                 CsDeskChange  what,
                 gint64        product)
{
  if (what != CS_DESK_PRODUCT && what != CS_DESK_PRODUCTS)
    return;

  if (what == CS_DESK_PRODUCT)
    {
      cs_review_cache_invalidate (self->cache, product);
      cs_id_list_refresh (cs_review_queue_get_list (self->queue), product);
    }
  if (self->burst == 0)
    self->burst = g_timeout_add (BURST, burst_cb, self);
}

static void
line_idle_cb (CsReviewPage *self)
{
  g_clear_object (&self->planned);
  cs_review_page_update_actions (self);
}

static void
strip_chosen_cb (CsReviewPage *self,
                 gint64        product)
{
  cs_review_page_go_to (self, product);
}

static void
to_ready_cb (CsReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-page", "s", "ready");
}

static void
to_products_cb (CsReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-page", "s", "products");
}

static void
set_desk (CsReviewPage *self,
          CsDesk       *desk)
{
  if (desk == NULL)
    return;

  self->desk = g_object_ref (desk);
  self->cache = cs_review_cache_new (desk);
  self->queue = cs_review_queue_new (desk);
  g_object_set (self->strip, "queue", self->queue, NULL);
  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed_cb), self, G_CONNECT_SWAPPED);
  cs_review_asking_set_desk (self);
  cs_review_page_begin (self);
}

/* The keys go to the item that is chosen; until it is read the focus waits for it */
static gboolean
cs_review_page_grab_focus (GtkWidget *widget)
{
  CsReviewPage  *self = CS_REVIEW_PAGE (widget);
  const char    *shown = gtk_stack_get_visible_child_name (self->stack);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->fields);

  if (g_strcmp0 (shown, "loading") == 0)
    return FALSE;
  if (g_strcmp0 (shown, "review") == 0 && row != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (row));

  return GTK_WIDGET_CLASS (cs_review_page_parent_class)->grab_focus (widget);
}

static void
cs_review_page_map (GtkWidget *widget)
{
  CsReviewPage *self = CS_REVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (cs_review_page_parent_class)->map (widget);

  cs_review_page_focus_item (self, get_focus (self));
}

static void
cs_review_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  switch ((CsReviewPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_review_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  switch ((CsReviewPageProperty) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_review_page_dispose (GObject *object)
{
  CsReviewPage *self = CS_REVIEW_PAGE (object);

  g_clear_handle_id (&self->burst, g_source_remove);
  cs_review_asking_clear (self);
  if (self->line != NULL)
    cs_review_line_clear (self->line);
  if (self->sheet != NULL)
    take_sheet (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_REVIEW_PAGE);
  g_clear_object (&self->planned);
  g_clear_object (&self->toast);
  g_clear_object (&self->line);
  g_clear_object (&self->queue);
  g_clear_object (&self->cache);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (cs_review_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, empty);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, failed);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, to_ready);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, to_products);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, heading);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, picture);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, fields);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, origin);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, strip);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CsReviewPage, reject);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, photo_stepped_cb);
  gtk_widget_class_bind_template_callback (widget_class, strip_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_products_cb);
}

static void
cs_review_page_class_init (CsReviewPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_review_page_dispose;
  object_class->get_property = cs_review_page_get_property;
  object_class->set_property = cs_review_page_set_property;
  widget_class->focus = cs_page_focus;
  widget_class->grab_focus = cs_review_page_grab_focus;
  widget_class->map = cs_review_page_map;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL,
                         CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_FILM_STRIP);
  g_type_ensure (CS_TYPE_KEY_BUTTON);
  g_type_ensure (CS_TYPE_PICTURE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-review-page.ui");
  bind_template (widget_class);
  cs_review_actions_install (widget_class);
  cs_review_pictures_install (widget_class);
  cs_review_brush_install (widget_class);
  cs_review_asking_install (widget_class);
  cs_review_keys_install (widget_class);
}

static void
cs_review_page_init (CsReviewPage *self)
{
  self->line = cs_review_line_new ();
  g_signal_connect_object (self->line, "idle", G_CALLBACK (line_idle_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_review_keys_attach (self);
}

void
cs_review_page_show_product (CsReviewPage *self,
                             gint64        product)
{
  g_return_if_fail (CS_IS_REVIEW_PAGE (self));

  if (self->desk != NULL)
    cs_review_page_go_to (self, product);
}
