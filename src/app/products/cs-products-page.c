/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-ask-button.h"
#include "cs-asking.h"
#include "cs-engine-roster.h"
#include "cs-fiber.h"
#include "cs-id-list.h"
#include "cs-page-feed.h"
#include "cs-page-focus.h"
#include "cs-product-card.h"
#include "cs-products-page.h"
#include "cs-window.h"

struct _CsProductsPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  CsIdList   *list;
  CsPageFeed *feed;
  char       *asked; /* what was searched for last */
  char       *query; /* what the list answers, or NULL */

  /* Template */
  GtkSearchEntry    *search;
  GtkMultiSelection *selection;
  GtkGridView       *grid;
  CsAskButton       *ask;
};

G_DEFINE_FINAL_TYPE (CsProductsPage, cs_products_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_SEARCH_HINT,
  PROP_HAS_SELECTION,
  PROP_SELECTION_TEXT,
} CsProductsPageProperty;

static GParamSpec *properties[PROP_SELECTION_TEXT + 1];

/* Reading */

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (page);

  if (anew)
    cs_id_list_refresh (self->list, 0);
  g_set_str (&self->asked, gtk_editable_get_text (GTK_EDITABLE (self->search)));

  return cs_desk_list_products (self->desk, self->asked, 0);
}

static void
take (GtkWidget    *page,
      const GValue *answer)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (page);

  if (g_set_str (&self->query, self->asked))
    cs_id_list_replace_ids (self->list, g_value_get_boxed (answer));
  else
    cs_id_list_set_ids (self->list, g_value_get_boxed (answer));
}

static void
update (GtkWidget *page)
{
  g_object_notify_by_pspec (G_OBJECT (page), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (page), properties[PROP_TROUBLE]);
  g_object_notify_by_pspec (G_OBJECT (page), properties[PROP_SEARCH_HINT]);
}

static const CsPageFeedFuncs funcs = { ask, take, update };

static void
desk_changed (CsProductsPage *self,
              CsDeskChange    what,
              gint64          product)
{
  if (what == CS_DESK_ACCOUNTS)
    return;

  if (what != CS_DESK_PRODUCT || product == 0)
    cs_page_feed_tell (self->feed);
  else if (!cs_page_feed_defer (self->feed))
    cs_id_list_refresh (self->list, product);
}

static void
search_changed (CsProductsPage *self)
{
  cs_page_feed_read (self->feed);
}

static void
search_stopped (CsProductsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
search_activated (CsProductsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_grid_view_scroll_to (self->grid, 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

/* The keys go to the list, where there is one */
static gboolean
cs_products_page_grab_focus (GtkWidget *widget)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->grid)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->grid));

  return GTK_WIDGET_CLASS (cs_products_page_parent_class)->grab_focus (widget);
}

/* What is selected */

static GArray *
dup_selected (CsProductsPage *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray       *ids = cs_id_list_get_ids (self->list);
  GArray       *selected = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint         position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position);
       more && position < ids->len;
       more = gtk_bitset_iter_next (&iter, &position))
    g_array_append_val (selected, g_array_index (ids, gint64, position));

  return selected;
}

static guint
count_selected (CsProductsPage *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size (set);
}

static void
selection_changed (CsProductsPage *self)
{
  guint n = count_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.open", n == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.merge", n > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.suggest", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.archive", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.ask", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.ask-usual", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "products.unselect", n > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SELECTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION_TEXT]);
}

static void
open_product (CsProductsPage *self,
              guint           position)
{
  GArray *ids = cs_id_list_get_ids (self->list);

  if (position < ids->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "window.show-product", "x",
                                g_array_index (ids, gint64, position));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (!gtk_bitset_is_empty (set))
    open_product (self, gtk_bitset_get_minimum (set));
}

static void
unselect_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (CS_PRODUCTS_PAGE (widget)->selection));
}

/* Commands that wait */

typedef struct
{
  CsProductsPage *page;
  gint64          into;
  GArray         *ids; /* of gint64 */
  gboolean        back;
} Command;

static Command *
command_new (CsProductsPage *page,
             GArray         *ids)
{
  Command *command = g_new0 (Command, 1);

  command->page = g_object_ref (page);
  command->ids = ids;

  return command;
}

static void
command_free (Command *command)
{
  g_clear_object (&command->page);
  g_clear_pointer (&command->ids, g_array_unref);
  g_free (command);
}

static DexFuture *
merge_fiber (gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_merge_products (command->page->desk, command->into,
                                          (const gint64 *) command->ids->data, command->ids->len),
                  &error))
    {
      cs_window_report (GTK_WIDGET (command->page), error);
      return dex_future_new_false ();
    }

  gtk_widget_activate_action (GTK_WIDGET (command->page), "window.toast", "s",
                              _("Put together. Open it to take photos out again."));

  return dex_future_new_true ();
}

/* Takes into out of ids, which are the others */
static void
merge (CsProductsPage *self,
       gint64          into,
       GArray         *ids)
{
  Command *command = command_new (self, ids);

  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == into)
        {
          g_array_remove_index (ids, i);
          break;
        }
    }

  command->into = into;
  dex_future_disown (cs_fiber_spawn (merge_fiber, command, (GDestroyNotify) command_free));
}

static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);
  GArray         *selected = dup_selected (self);

  if (selected->len > 1)
    merge (self, g_array_index (selected, gint64, 0), selected);
  else
    g_array_unref (selected);
}

/* Dragging one of the selected drags all of them */
static void
drop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);
  GArray         *ids = dup_selected (self);
  gboolean        is_selected = FALSE;
  gint64          into, dragged;

  g_variant_get (parameter, "(xx)", &into, &dragged);

  for (guint i = 0; i < ids->len; i++)
    is_selected |= g_array_index (ids, gint64, i) == dragged;

  if (!is_selected)
    {
      g_array_set_size (ids, 0);
      g_array_append_val (ids, dragged);
    }

  merge (self, into, ids);
}

static DexFuture *
suggest_fiber (gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_desk_suggest (command->page->desk, (const gint64 *) command->ids->data, command->ids->len), &error))
    cs_window_report (GTK_WIDGET (command->page), error);

  return dex_future_new_true ();
}

static void
suggest_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);

  dex_future_disown (cs_fiber_spawn (suggest_fiber, command_new (self, dup_selected (self)),
                                     (GDestroyNotify) command_free));
}

/* A model, about the selected */
static void
ask_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);
  CsEngineRoster *roster = cs_engine_roster_get (cs_desk_get_engines (self->desk));
  CsEngineSetup  *usual = cs_engine_roster_get_usual (roster);
  g_autoptr (GArray) selected = dup_selected (self);
  g_autofree char *id = g_strdup (parameter != NULL ? g_variant_get_string (parameter, NULL) : usual != NULL ? usual->id
                                                                                                             : NULL);

  if (id == NULL)
    {
      gtk_widget_activate_action (widget, "win.models", NULL);
      return;
    }

  cs_engine_roster_set_usual (roster, id);
  dex_future_disown (cs_asking_begin (widget, self->desk, id, selected, NULL));
}

static void archive (CsProductsPage *self,
                     GArray         *ids,
                     gboolean        back);

static void
take_back_archived (AdwToast       *toast,
                    CsProductsPage *self)
{
  archive (self, g_array_ref (g_object_get_data (G_OBJECT (toast), "ids")), TRUE);
}

static DexFuture *
archive_fiber (gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  AdwToast        *toast;

  if (!dex_await (cs_desk_archive_products (command->page->desk, (const gint64 *) command->ids->data,
                                            command->ids->len, !command->back),
                  &error))
    {
      cs_window_report (GTK_WIDGET (command->page), error);
      return dex_future_new_false ();
    }

  if (command->back)
    return dex_future_new_true ();

  text = g_strdup_printf (ngettext ("%u product archived", "%u products archived", command->ids->len),
                          command->ids->len);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "ids", g_array_ref (command->ids), (GDestroyNotify) g_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (take_back_archived), command->page, 0);
  cs_window_add_toast (GTK_WIDGET (command->page), toast);

  return dex_future_new_true ();
}

static void
archive (CsProductsPage *self,
         GArray         *ids,
         gboolean        back)
{
  Command *command = command_new (self, ids);

  command->back = back;
  dex_future_disown (cs_fiber_spawn (archive_fiber, command, (GDestroyNotify) command_free));
}

static void
archive_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (widget);

  archive (self, dup_selected (self), FALSE);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (CS_PRODUCTS_PAGE (widget)->search));
}

/* Once more, after it failed */
static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_PRODUCTS_PAGE (widget)->feed);
}

/* The class */

static gboolean
is_searched (CsProductsPage *self)
{
  return self->query != NULL && *self->query != '\0';
}

static const char *
get_state (CsProductsPage *self)
{
  const char *wait = cs_page_feed_get_wait (self->feed);

  if (wait != NULL)
    return wait;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "grid";

  return is_searched (self) ? "none" : "empty";
}

static char *
dup_search_hint (CsProductsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (is_searched (self) || n == 0)
    return g_strdup (_("Search products"));

  return g_strdup_printf (ngettext ("Search %u product", "Search %u products", n), n);
}

static void
cs_products_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (object);
  guint           n;

  switch ((CsProductsPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_STATE:
      g_value_set_string (value, self->feed != NULL ? get_state (self) : "loading");
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_SEARCH_HINT:
      g_value_take_string (value, self->list != NULL ? dup_search_hint (self) : NULL);
      break;

    case PROP_HAS_SELECTION:
      g_value_set_boolean (value, self->selection != NULL && count_selected (self) > 0);
      break;

    case PROP_SELECTION_TEXT:
      n = self->selection != NULL ? count_selected (self) : 0;
      g_value_take_string (value, g_strdup_printf (ngettext ("%u selected", "%u selected", n), n));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_products_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (object);

  if (prop_id == PROP_DESK)
    g_set_object (&self->desk, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_products_page_constructed (GObject *object)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (object);

  G_OBJECT_CLASS (cs_products_page_parent_class)->constructed (object);

  self->list = cs_id_list_new (self->desk);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (desk_changed), self, G_CONNECT_SWAPPED);
  cs_ask_button_set_desk (self->ask, self->desk);
  selection_changed (self);
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  cs_page_feed_read (self->feed);
}

static void
cs_products_page_dispose (GObject *object)
{
  CsProductsPage *self = CS_PRODUCTS_PAGE (object);

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PRODUCTS_PAGE);
  g_clear_object (&self->list);
  g_clear_object (&self->desk);
  g_clear_object (&self->feed);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->query, g_free);

  G_OBJECT_CLASS (cs_products_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "products.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "products.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "products.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "products.drop", "(xx)", drop_action);
  gtk_widget_class_install_action (widget_class, "products.suggest", NULL, suggest_action);
  gtk_widget_class_install_action (widget_class, "products.ask", "s", ask_action);
  gtk_widget_class_install_action (widget_class, "products.ask-usual", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "products.archive", NULL, archive_action);
  gtk_widget_class_install_action (widget_class, "products.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "products.search", NULL, search_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "products.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "products.merge", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "products.suggest", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "products.ask-usual", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "products.archive", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "products.unselect", NULL);
}

static void
cs_products_page_class_init (CsProductsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_products_page_constructed;
  object_class->dispose = cs_products_page_dispose;
  object_class->get_property = cs_products_page_get_property;
  object_class->set_property = cs_products_page_set_property;
  widget_class->focus = cs_page_focus;
  widget_class->grab_focus = cs_products_page_grab_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL,
                         CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TROUBLE] =
    g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH_HINT] =
    g_param_spec_string ("search-hint", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_SELECTION] =
    g_param_spec_boolean ("has-selection", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTION_TEXT] =
    g_param_spec_string ("selection-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (CS_TYPE_ASK_BUTTON);
  g_type_ensure (CS_TYPE_PRODUCT_CARD);
  g_type_ensure (CS_TYPE_ROW_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-products-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProductsPage, search);
  gtk_widget_class_bind_template_child (widget_class, CsProductsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, CsProductsPage, grid);
  gtk_widget_class_bind_template_child (widget_class, CsProductsPage, ask);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, open_product);

  install_actions (widget_class);
}

static void
cs_products_page_init (CsProductsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->grid));
}
