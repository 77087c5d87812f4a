/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-category-page.h"
#include "cs-fiber.h"
#include "cs-text.h"

/* Some marketplaces tell their whole tree at once, some one level at a time,
 * some only answer a search. What came is searched here; the marketplace is
 * asked where nothing of it fits.
 */

/* A person reads no more than this, and types another letter */
#define MOST_ROWS 150

struct _CsCategoryPage
{
  AdwNavigationPage parent_instance;

  CsDesk      *desk;
  gint64       account;
  char        *under;   /* whose children are shown, or NULL for the top */
  char        *label;   /* of it */
  CsForm      *form;    /* what is known: the whole tree, or a level */
  CsForm      *found;   /* what the marketplace found for what is typed, or NULL */
  guint        stamp;   /* of the last question */
  gboolean     busy;

  /* Template */
  GtkSearchEntry *search;
  GtkListBox     *list;
  GtkLabel       *hint;
  GtkLabel       *trouble;
  GtkWidget      *spinner;
};

G_DEFINE_FINAL_TYPE (CsCategoryPage, cs_category_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GPtrArray *
get_choices (CsForm *form)
{
  CsFormField *field = form != NULL ? cs_form_find (form, "category") : NULL;

  return field != NULL ? field->choices : NULL;
}

static CsFormChoice *
find_choice (GPtrArray  *choices,
             const char *value)
{
  for (guint i = 0; choices != NULL && value != NULL && i < choices->len; i++)
    {
      CsFormChoice *choice = choices->pdata[i];

      if (g_strcmp0 (choice->value, value) == 0)
        return choice;
    }

  return NULL;
}

static gboolean
has_children (GPtrArray  *choices,
              const char *value)
{
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      if (g_strcmp0 (((CsFormChoice *) choices->pdata[i])->parent, value) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether it tells more than one level, so that what has no children there has none */
static gboolean
is_tree (GPtrArray *choices)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    g_hash_table_add (values, ((CsFormChoice *) choices->pdata[i])->value);

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const char *parent = ((CsFormChoice *) choices->pdata[i])->parent;

      if (parent != NULL && g_hash_table_contains (values, parent))
        return TRUE;
    }

  return FALSE;
}

/* "Home › Kitchen", of those above; NULL where there are none. A tree from outside may be a ring. */
static char *
dup_path (GPtrArray    *choices,
          CsFormChoice *choice)
{
  g_autofree char *path = NULL;
  CsFormChoice    *above = find_choice (choices, choice->parent);

  for (guint i = 0; above != NULL && i < 12; i++)
    {
      char *longer = path != NULL ? g_strjoin (" › ", above->label, path, NULL) : g_strdup (above->label);

      g_free (path);
      path = longer;
      above = find_choice (choices, above->parent);
    }

  return g_steal_pointer (&path);
}

static void
add_row (CsCategoryPage *self,
         const char     *value,
         const char     *label,
         const char     *words,
         gboolean        deeper)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", label,
                                 "subtitle", words != NULL ? words : "",
                                 "activatable", TRUE,
                                 NULL);

  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  if (deeper)
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _("has more below it"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
    }
  gtk_list_box_append (self->list, row);
}

static guint
show_level (CsCategoryPage *self,
            GPtrArray      *choices)
{
  gboolean known = find_choice (choices, self->under) != NULL || has_children (choices, self->under);
  guint    n = 0;

  /* The one above can be what is meant, too */
  if (self->under != NULL)
    {
      g_autofree char *all = g_strdup_printf (_("All of “%s”"), self->label);

      add_row (self, self->under, all, NULL, FALSE);
    }

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      CsFormChoice *choice = choices->pdata[i];
      gboolean      here = self->under != NULL && known ? g_strcmp0 (choice->parent, self->under) == 0
                                                        : choice->parent == NULL || find_choice (choices, choice->parent) == NULL;

      if (here && g_strcmp0 (choice->value, self->under) != 0)
        {
          add_row (self, choice->value, choice->label, NULL, has_children (choices, choice->value));
          n++;
        }
    }

  return n;
}

static guint
show_matches (CsCategoryPage *self,
              GPtrArray      *choices,
              const char     *typed,
              gboolean        all)
{
  guint n = 0;

  for (guint i = 0; choices != NULL && i < choices->len && n < MOST_ROWS; i++)
    {
      CsFormChoice    *choice = choices->pdata[i];
      g_autofree char *folded = cs_text_fold (choice->label);
      g_autofree char *path = NULL;

      if (!all && strstr (folded, typed) == NULL)
        continue;

      path = dup_path (choices, choice);
      add_row (self, choice->value, choice->label, path, FALSE);
      n++;
    }

  return n;
}

static char *
dup_typed (CsCategoryPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  return cs_text_fold (text);
}

/* Returns how many fit */
static guint
show (CsCategoryPage *self)
{
  g_autofree char *typed = dup_typed (self);
  GPtrArray       *choices = get_choices (self->form);
  CsFormField     *field = self->form != NULL ? cs_form_find (self->form, "category") : NULL;
  guint            n;

  gtk_list_box_remove_all (self->list);
  if (*typed == '\0')
    n = show_level (self, choices);
  else if ((n = show_matches (self, choices, typed, FALSE)) == 0 && self->found != NULL)
    n = show_matches (self, get_choices (self->found), typed, TRUE);

  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->list), gtk_list_box_get_row_at_index (self->list, 0) != NULL);
  if (n == 0 && !self->busy && *typed != '\0')
    gtk_label_set_label (self->hint, _("No category is called that."));
  else
    gtk_label_set_label (self->hint, field != NULL && field->help != NULL ? field->help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *gtk_label_get_label (self->hint) != '\0');

  return n;
}

static void
say (CsCategoryPage *self,
     const GError   *error)
{
  gtk_label_set_label (self->trouble, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL);
}

static DexFuture *
read_fiber (gpointer data)
{
  CsCategoryPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsForm) form =
    dex_await_boxed (cs_shops_list_categories (cs_desk_get_shops (self->desk), self->account, self->under, NULL), &error);

  self->busy = FALSE;
  if (self->list == NULL)
    return dex_future_new_false ();

  self->form = g_steal_pointer (&form);
  say (self, error);
  show (self);

  return dex_future_new_true ();
}

static DexFuture *
search_fiber (gpointer data)
{
  CsCategoryPage  *self = data;
  guint            stamp = ++self->stamp;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsForm) found =
    dex_await_boxed (cs_shops_list_categories (cs_desk_get_shops (self->desk), self->account, NULL, text), &error);

  if (self->list == NULL || stamp != self->stamp)
    return dex_future_new_false ();

  self->busy = FALSE;
  g_clear_pointer (&self->found, cs_form_unref);
  self->found = g_steal_pointer (&found);
  say (self, error);
  show (self);

  return dex_future_new_true ();
}

static void
search_changed_cb (CsCategoryPage *self)
{
  self->stamp++;
  self->busy = FALSE;
  g_clear_pointer (&self->found, cs_form_unref);
  say (self, NULL);
  if (show (self) > 0 || g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1) < 2)
    return;

  self->busy = TRUE;
  show (self);
  dex_future_disown (cs_fiber_spawn (search_fiber, g_object_ref (self), g_object_unref));
}

/* Choosing */

static CsCategoryPage *
make (CsDesk     *desk,
      gint64      account,
      const char *under,
      const char *label,
      CsForm     *form)
{
  CsCategoryPage *self = g_object_new (CS_TYPE_CATEGORY_PAGE, "title", label != NULL ? label : _("Category"), NULL);

  self->desk = g_object_ref (desk);
  self->account = account;
  self->under = g_strdup (under);
  self->label = g_strdup (label);
  self->form = form != NULL ? cs_form_ref (form) : NULL;
  self->busy = form == NULL;
  show (self);
  if (form == NULL)
    dex_future_disown (cs_fiber_spawn (read_fiber, g_object_ref (self), g_object_unref));

  return self;
}

static void
pass_on_cb (CsCategoryPage *self,
            const char     *value,
            const char     *label)
{
  g_signal_emit (self, signals[PICKED], 0, value, label);
}

static void
go_down (CsCategoryPage *self,
         CsFormChoice   *choice,
         CsForm         *form)
{
  GtkWidget      *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  CsCategoryPage *below;

  if (navigation == NULL)
    return;

  below = make (self->desk, self->account, choice->value, choice->label, form);
  g_signal_connect_object (below, "picked", G_CALLBACK (pass_on_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (below));
}

typedef struct
{
  CsCategoryPage *page;
  CsForm         *form; /* that the choice is in */
  CsFormChoice   *choice;
} Descent;

static void
descent_free (Descent *descent)
{
  g_clear_object (&descent->page);
  g_clear_pointer (&descent->form, cs_form_unref);
  g_free (descent);
}

/* Whether there is more below it, where only a level was told */
static DexFuture *
descend_fiber (gpointer data)
{
  Descent        *descent = data;
  CsCategoryPage *self = descent->page;
  CsFormChoice   *choice = descent->choice;
  g_autoptr (CsForm) form =
    dex_await_boxed (cs_shops_list_categories (cs_desk_get_shops (self->desk), self->account, choice->value, NULL), NULL);
  GPtrArray *below = get_choices (form);
  gboolean   deeper = FALSE;

  self->busy = FALSE;
  if (self->list == NULL)
    return dex_future_new_false ();

  gtk_widget_set_visible (self->spinner, FALSE);
  for (guint i = 0; below != NULL && i < below->len; i++)
    {
      CsFormChoice *other = below->pdata[i];

      deeper = deeper || (g_strcmp0 (other->value, choice->value) != 0 &&
                          find_choice (get_choices (descent->form), other->value) == NULL);
    }

  if (deeper)
    go_down (self, choice, form);
  else
    g_signal_emit (self, signals[PICKED], 0, choice->value, choice->label);

  return dex_future_new_true ();
}

static void
choose (CsCategoryPage *self,
        GtkListBoxRow  *row)
{
  const char   *value = g_object_get_data (G_OBJECT (row), "value");
  CsForm       *form = find_choice (get_choices (self->form), value) != NULL ? self->form : self->found;
  CsFormChoice *choice = find_choice (get_choices (form), value);
  gboolean      searched = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  Descent      *descent;

  if (self->busy)
    return;

  if (g_strcmp0 (value, self->under) == 0)
    g_signal_emit (self, signals[PICKED], 0, self->under, self->label);
  else if (choice == NULL)
    return;
  else if (has_children (get_choices (form), value))
    go_down (self, choice, form);
  else if (searched || is_tree (get_choices (form)))
    g_signal_emit (self, signals[PICKED], 0, choice->value, choice->label);
  else
    {
      self->busy = TRUE;
      gtk_widget_set_visible (self->spinner, TRUE);
      descent = g_new0 (Descent, 1);
      descent->page = g_object_ref (self);
      descent->form = cs_form_ref (form);
      descent->choice = choice;
      dex_future_disown (cs_fiber_spawn (descend_fiber, descent, (GDestroyNotify) descent_free));
    }
}

static void
row_activated_cb (CsCategoryPage *self,
                  GtkListBoxRow  *row)
{
  choose (self, row);
}

static void
search_activated_cb (CsCategoryPage *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (first != NULL)
    choose (self, first);
}

static void
search_stopped_cb (CsCategoryPage *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (navigation != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

static void
cs_category_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_CATEGORY_PAGE);

  G_OBJECT_CLASS (cs_category_page_parent_class)->dispose (object);
}

static void
cs_category_page_finalize (GObject *object)
{
  CsCategoryPage *self = CS_CATEGORY_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->under, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->form, cs_form_unref);
  g_clear_pointer (&self->found, cs_form_unref);

  G_OBJECT_CLASS (cs_category_page_parent_class)->finalize (object);
}

static void
cs_category_page_class_init (CsCategoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_category_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_category_page_finalize;
  signals[PICKED] = g_signal_new ("picked", CS_TYPE_CATEGORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-category-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCategoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, CsCategoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, CsCategoryPage, hint);
  gtk_widget_class_bind_template_child (widget_class, CsCategoryPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsCategoryPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
cs_category_page_init (CsCategoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CsCategoryPage *
cs_category_page_new (CsDesk *desk,
                      gint64  account)
{
  g_return_val_if_fail (CS_IS_DESK (desk), NULL);

  return make (desk, account, NULL, NULL, NULL);
}
