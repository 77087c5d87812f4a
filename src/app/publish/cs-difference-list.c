/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-desk.h"
#include "cs-diff-label.h"
#include "cs-difference-list.h"

struct _CsDifferenceList
{
  GtkBox parent_instance;

  gboolean   narrow;
  GPtrArray *columns; /* (element-type GtkBox) one for each field, borrowed */
};

G_DEFINE_FINAL_TYPE (CsDifferenceList, cs_difference_list, GTK_TYPE_BOX)

typedef enum
{
  PROP_NARROW = 1,
} CsDifferenceListProperty;

static GParamSpec *properties[PROP_NARROW + 1];

static void
lay_out (CsDifferenceList *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      gtk_orientable_set_orientation (self->columns->pdata[i],
                                      self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_homogeneous (self->columns->pdata[i], !self->narrow);
    }
}

static CsDiffLayout
get_layout (const char *name)
{
  if (g_strcmp0 (name, "bullets") == 0)
    return CS_DIFF_LAYOUT_BULLETS;

  return g_strcmp0 (name, "keywords") == 0 ? CS_DIFF_LAYOUT_KEYWORDS : CS_DIFF_LAYOUT_TEXT;
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "label", text,
                       "xalign", 0.0,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "css-classes", (const char *[]) { style, "dimmed", NULL },
                       NULL);
}

/* before: what the text is held against, or NULL for no marks */
static void
add_column (GtkBox       *columns,
            CsDifference *difference,
            const char   *title,
            gboolean      with_title,
            const char   *before,
            const char   *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label;

  if (with_title)
    gtk_box_append (GTK_BOX (box), make_label (title, "caption"));
  if (text != NULL && *text != '\0')
    {
      g_autofree char *speech = g_strdup_printf ("%s, %s: %s", difference->label, title, text);

      label = g_object_new (CS_TYPE_DIFF_LABEL, NULL);
      cs_diff_label_set_text (CS_DIFF_LABEL (label), before != NULL ? before : text, text, CS_DIFF_SIDE_AFTER,
                              get_layout (difference->name), NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, speech, -1);
    }
  else
    label = make_label (_("nothing"), "body");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (columns, box);
}

static void
add_difference (CsDifferenceList *self,
                CsDifference     *difference,
                gboolean          with_before,
                gboolean          with_theirs,
                const char       *ours)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *title = gtk_label_new (difference->label);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  if (with_before)
    add_column (GTK_BOX (columns), difference, _("Before"), TRUE, NULL, difference->before);
  if (with_theirs)
    add_column (GTK_BOX (columns), difference, _("There now"), TRUE, difference->before, difference->theirs);
  add_column (GTK_BOX (columns), difference, ours, with_before || with_theirs,
              difference->theirs != NULL ? difference->theirs : difference->before, difference->ours);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), columns);
  gtk_widget_add_css_class (row, "card");
  gtk_widget_add_css_class (row, "difference");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, difference->label, -1);
  gtk_box_append (GTK_BOX (self), row);
  g_ptr_array_add (self->columns, columns);
}

static void
cs_difference_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (prop_id == PROP_NARROW)
    g_value_set_boolean (value, CS_DIFFERENCE_LIST (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_difference_list_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  CsDifferenceList *self = CS_DIFFERENCE_LIST (object);

  if (prop_id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (self->narrow == g_value_get_boolean (value))
    return;

  self->narrow = g_value_get_boolean (value);
  lay_out (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
cs_difference_list_finalize (GObject *object)
{
  g_clear_pointer (&CS_DIFFERENCE_LIST (object)->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_difference_list_parent_class)->finalize (object);
}

static void
cs_difference_list_class_init (CsDifferenceListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_difference_list_finalize;
  object_class->get_property = cs_difference_list_get_property;
  object_class->set_property = cs_difference_list_set_property;
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_difference_list_init (CsDifferenceList *self)
{
  self->columns = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

void
cs_difference_list_show (CsDifferenceList *self,
                         GPtrArray        *differences,
                         const char       *ours)
{
  GtkWidget *child;
  gboolean   with_before = FALSE;
  gboolean   with_theirs = FALSE;

  g_return_if_fail (CS_IS_DIFFERENCE_LIST (self));
  g_return_if_fail (ours != NULL);

  g_ptr_array_set_size (self->columns, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);

  for (guint i = 0; differences != NULL && i < differences->len; i++)
    {
      CsDifference *difference = differences->pdata[i];

      with_before = with_before || difference->before != NULL;
      with_theirs = with_theirs || difference->theirs != NULL;
    }

  for (guint i = 0; differences != NULL && i < differences->len; i++)
    add_difference (self, differences->pdata[i], with_before, with_theirs, ours);
  lay_out (self);
}
