/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-pick-page.h"

struct _CsPickPage
{
  AdwNavigationPage parent_instance;

  GHashTable *ids;

  /* Template */
  GtkSearchEntry *search;
  GtkListBox     *list;
  GtkLabel       *hint;
  GtkLabel       *trouble;
  GtkWidget      *spinner;
};

G_DEFINE_FINAL_TYPE (CsPickPage, cs_pick_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
holds (const char *text,
       const char *typed)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, typed) != NULL;
}

static gboolean
fits (GtkListBoxRow *row,
      gpointer       data)
{
  CsPickPage      *self = data;
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strstrip (typed);

  return *typed == '\0' || holds (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), typed) ||
         holds (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), typed);
}

static void
search_changed_cb (CsPickPage *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
row_activated_cb (CsPickPage    *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[PICKED], 0, gtk_widget_get_name (GTK_WIDGET (row)));
}

/* Escape empties the search and then, like everywhere, leaves */
static void
search_stopped_cb (CsPickPage *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

/* Enter in the search takes the first that is left */
static void
search_activated_cb (CsPickPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;

      row_activated_cb (self, row);
      return;
    }
}

static void
cs_pick_page_dispose (GObject *object)
{
  CsPickPage *self = CS_PICK_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PICK_PAGE);
  g_clear_pointer (&self->ids, g_hash_table_unref);

  G_OBJECT_CLASS (cs_pick_page_parent_class)->dispose (object);
}

static void
cs_pick_page_class_init (CsPickPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_pick_page_dispose;
  signals[PICKED] = g_signal_new ("picked", CS_TYPE_PICK_PAGE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-pick-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPickPage, search);
  gtk_widget_class_bind_template_child (widget_class, CsPickPage, list);
  gtk_widget_class_bind_template_child (widget_class, CsPickPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CsPickPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsPickPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
cs_pick_page_init (CsPickPage *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, fits, self, NULL);
}

CsPickPage *
cs_pick_page_new (const char *title,
                  const char *hint)
{
  CsPickPage *self = g_object_new (CS_TYPE_PICK_PAGE, "title", title, NULL);

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);

  return self;
}

void
cs_pick_page_add (CsPickPage *self,
                  const char *id,
                  const char *title,
                  const char *words)
{
  GtkWidget *row;

  g_return_if_fail (CS_IS_PICK_PAGE (self));
  g_return_if_fail (id != NULL);

  if (!g_hash_table_add (self->ids, g_strdup (id)))
    return;

  row = g_object_new (ADW_TYPE_ACTION_ROW, "name", id, "use-markup", FALSE, "title", title != NULL ? title : id,
                      "subtitle", words != NULL ? words : "", "activatable", TRUE, NULL);
  gtk_list_box_append (self->list, row);
}

gboolean
cs_pick_page_has (CsPickPage *self,
                  const char *id)
{
  g_return_val_if_fail (CS_IS_PICK_PAGE (self), FALSE);

  return g_hash_table_contains (self->ids, id);
}

void
cs_pick_page_finish (CsPickPage *self,
                     const char *trouble)
{
  g_return_if_fail (CS_IS_PICK_PAGE (self));

  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_label_set_label (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), g_hash_table_size (self->ids) > 0);
}
