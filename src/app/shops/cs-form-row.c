/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-form-row.h"
#include "cs-pick-page.h"

/* Any number of so few are rows to check; more, and one of whatever number, are picked on a page with a search */
#define FEW_CHOICES 8

struct _CsFormRow
{
  GObject parent_instance;

  CsForm      *form;
  CsFormField *field;  /* in it */
  char        *chosen; /* of a page of choices */
  GPtrArray   *checks; /* (element-type GtkCheckButton) of any number of choices, borrowed */

  GtkWidget *row;
  GtkWidget *note;
  GtkLabel  *fault; /* in it */
};

G_DEFINE_FINAL_TYPE (CsFormRow, cs_form_row, G_TYPE_OBJECT)

static gboolean
is_typed (CsFormField *field)
{
  switch (field->kind)
    {
    case CS_FORM_CHOICE:
    case CS_FORM_CHOICES:
      return field->choices->len == 0;

    case CS_FORM_SWITCH:
      return FALSE;

    case CS_FORM_TEXT:
    case CS_FORM_NUMBER:
    case CS_FORM_SECRET:
    default:
      return TRUE;
    }
}

static CsFormChoice *
find_choice (CsFormField *field,
             const char  *value)
{
  for (guint i = 0; value != NULL && i < field->choices->len; i++)
    {
      CsFormChoice *choice = field->choices->pdata[i];

      if (g_strcmp0 (choice->value, value) == 0)
        return choice;
    }

  return NULL;
}

static void
say_fault (CsFormRow  *self,
           const char *sentence)
{
  gboolean has_help = self->field->help != NULL;

  gtk_label_set_label (self->fault, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), sentence != NULL);
  gtk_widget_set_visible (self->note, has_help || sentence != NULL);
  if (has_help || sentence != NULL)
    gtk_widget_add_css_class (self->row, "has-note");
  else
    gtk_widget_remove_css_class (self->row, "has-note");
  if (sentence != NULL)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
}

static void
changed_cb (CsFormRow *self)
{
  say_fault (self, NULL);
}

/* A row for each kind */

static GtkWidget *
make_entry (CsFormRow *self)
{
  CsFormField *field = self->field;
  GtkWidget   *row = field->kind == CS_FORM_SECRET ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (field->kind == CS_FORM_CHOICES && field->value != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (field->value, "\n", -1);
      g_autofree char *text = g_strjoinv (", ", lines);

      gtk_editable_set_text (GTK_EDITABLE (row), text);
    }
  else if (field->value != NULL && field->kind != CS_FORM_SECRET)
    gtk_editable_set_text (GTK_EDITABLE (row), field->value);
  if (field->kind == CS_FORM_NUMBER)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);
  if (field->unit != NULL)
    {
      GtkWidget *unit = gtk_label_new (field->unit);

      gtk_widget_add_css_class (unit, "dimmed");
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), unit);
    }
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
make_switch (CsFormRow *self)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_strcmp0 (self->field->value, "true") == 0);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
show_chosen (CsFormRow *self)
{
  CsFormChoice *choice = find_choice (self->field, self->chosen);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), choice != NULL ? choice->label : _("Not chosen"));
}

static void
add_check (CsFormRow    *self,
           CsFormChoice *choice,
           gboolean      active)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", choice->label, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_name (check, choice->value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, choice->label, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), row);
  g_ptr_array_add (self->checks, check);
}

static void
show_checked (CsFormRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      CsFormChoice *choice;

      if (!gtk_check_button_get_active (self->checks->pdata[i]))
        continue;
      choice = find_choice (self->field, gtk_widget_get_name (self->checks->pdata[i]));
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", choice != NULL ? choice->label : "");
    }

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), text->len > 0 ? text->str : _("Not chosen"));
  say_fault (self, NULL);
}

/* Of many choices those that were picked have a row */
static void
check_choice (CsFormRow  *self,
              const char *value)
{
  CsFormChoice *choice = find_choice (self->field, value);

  if (choice == NULL)
    return;

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (g_str_equal (gtk_widget_get_name (self->checks->pdata[i]), value))
        {
          gtk_check_button_set_active (self->checks->pdata[i], TRUE);
          return;
        }
    }

  add_check (self, choice, TRUE);
  g_signal_connect_object (self->checks->pdata[self->checks->len - 1], "toggled", G_CALLBACK (show_checked), self, G_CONNECT_SWAPPED);
}

static void
picked_cb (CsFormRow  *self,
           const char *value,
           CsPickPage *page)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (page), ADW_TYPE_NAVIGATION_VIEW);

  if (self->field->kind == CS_FORM_CHOICES)
    {
      check_choice (self, value);
      show_checked (self);
    }
  else
    {
      g_set_str (&self->chosen, *value != '\0' ? value : NULL);
      show_chosen (self);
      say_fault (self, NULL);
    }

  if (navigation != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

static void
pick_cb (CsFormRow *self)
{
  GtkWidget  *navigation = gtk_widget_get_ancestor (self->row, ADW_TYPE_NAVIGATION_VIEW);
  CsPickPage *page;

  if (navigation == NULL)
    return;

  page = cs_pick_page_new (self->field->label, self->field->help);
  if (self->field->kind == CS_FORM_CHOICE && !self->field->required)
    cs_pick_page_add (page, "", _("Not chosen"), NULL);
  for (guint i = 0; i < self->field->choices->len; i++)
    {
      CsFormChoice *choice = self->field->choices->pdata[i];
      CsFormChoice *parent = find_choice (self->field, choice->parent);

      cs_pick_page_add (page, choice->value, choice->label, parent != NULL ? parent->label : NULL);
    }
  cs_pick_page_finish (page, NULL);
  g_signal_connect_object (page, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (page));
}

static GtkWidget *
make_page_row (CsFormRow *self)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "activatable", TRUE, NULL);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (row, "property");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  self->chosen = g_strdup (self->field->value);
  g_signal_connect_object (row, "activated", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
fill_expander (CsFormRow *self)
{
  CsFormField *field = self->field;
  gboolean     few = field->choices->len <= FEW_CHOICES;
  g_auto (GStrv) values = g_strsplit (field->value != NULL ? field->value : "", "\n", -1);
  GtkWidget *more;

  if (!few)
    {
      more = adw_button_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (more), _("_Choose…"));
      adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (more), TRUE);
      g_signal_connect_object (more, "activated", G_CALLBACK (pick_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), more);
    }

  for (guint i = 0; i < field->choices->len; i++)
    {
      CsFormChoice *choice = field->choices->pdata[i];
      gboolean      active = g_strv_contains ((const char *const *) values, choice->value);

      if (!few && !active)
        continue;

      add_check (self, choice, active);
      g_signal_connect_object (self->checks->pdata[self->checks->len - 1], "toggled", G_CALLBACK (show_checked), self, G_CONNECT_SWAPPED);
    }
}

static GtkWidget *
make_row (CsFormRow *self)
{
  CsFormField *field = self->field;

  if (is_typed (field))
    return make_entry (self);
  if (field->kind == CS_FORM_SWITCH)
    return make_switch (self);

  return field->kind == CS_FORM_CHOICES ? adw_expander_row_new () : make_page_row (self);
}

static GtkLabel *
make_note_label (const char *style)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "xalign", 0.0,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       "natural-wrap-mode", GTK_NATURAL_WRAP_WORD,
                       "css-classes", (const char *[]) { "caption", style, NULL },
                       NULL);
}

static void
make_note (CsFormRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkLabel  *help = make_note_label ("dimmed");

  gtk_label_set_label (help, self->field->help != NULL ? self->field->help : "");
  gtk_widget_set_visible (GTK_WIDGET (help), self->field->help != NULL);
  self->fault = make_note_label ("error");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (help));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fault));
  gtk_widget_add_css_class (box, "form-note");
  self->note = g_object_ref_sink (g_object_new (ADW_TYPE_PREFERENCES_ROW,
                                                "use-markup", FALSE,
                                                "activatable", FALSE,
                                                "focusable", FALSE,
                                                "accessible-role", GTK_ACCESSIBLE_ROLE_NONE,
                                                "child", box,
                                                NULL));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, help, self->fault, NULL, -1);
}

static void
make_widgets (CsFormRow *self)
{
  self->row = g_object_ref_sink (make_row (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), self->field->label);
  make_note (self);
  if (ADW_IS_EXPANDER_ROW (self->row))
    {
      fill_expander (self);
      show_checked (self);
    }
  else if (self->field->kind == CS_FORM_CHOICE && !is_typed (self->field))
    show_chosen (self);
  say_fault (self, NULL);
}

static void
cs_form_row_finalize (GObject *object)
{
  CsFormRow *self = CS_FORM_ROW (object);

  g_clear_pointer (&self->form, cs_form_unref);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->row);
  g_clear_object (&self->note);

  G_OBJECT_CLASS (cs_form_row_parent_class)->finalize (object);
}

static void
cs_form_row_class_init (CsFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_form_row_finalize;
}

static void
cs_form_row_init (CsFormRow *self)
{
  self->checks = g_ptr_array_new ();
}

CsFormRow *
cs_form_row_new (CsForm      *form,
                 CsFormField *field)
{
  CsFormRow *self = g_object_new (CS_TYPE_FORM_ROW, NULL);

  self->form = cs_form_ref (form);
  self->field = field;
  make_widgets (self);

  return self;
}

void
cs_form_row_add_to (CsFormRow           *self,
                    AdwPreferencesGroup *group)
{
  g_return_if_fail (CS_IS_FORM_ROW (self));

  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->note);
}

/* As it is typed where a comma stands before the decimals */
static char *
dup_number (const char *text)
{
  char *number = g_strdup (text);

  if (strchr (number, '.') == NULL)
    g_strdelimit (number, ",", '.');

  return number;
}

static void
write_typed (CsFormRow  *self,
             JsonObject *values)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
  g_autofree char *number = self->field->kind == CS_FORM_NUMBER ? dup_number (text) : NULL;
  g_auto (GStrv) parts = NULL;
  JsonArray *list;

  if (*text == '\0')
    return;

  if (self->field->kind != CS_FORM_CHOICES)
    {
      json_object_set_string_member (values, self->field->name, number != NULL ? number : text);
      return;
    }

  list = json_array_new ();
  parts = g_regex_split_simple ("[,，、]", text, 0, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) != '\0')
        json_array_add_string_element (list, parts[i]);
    }
  json_object_set_array_member (values, self->field->name, list);
}

static void
write_checked (CsFormRow  *self,
               JsonObject *values)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (gtk_check_button_get_active (self->checks->pdata[i]))
        json_array_add_string_element (list, gtk_widget_get_name (self->checks->pdata[i]));
    }

  if (json_array_get_length (list) > 0)
    json_object_set_array_member (values, self->field->name, list);
  else
    json_array_unref (list);
}

void
cs_form_row_write (CsFormRow  *self,
                   JsonObject *values)
{
  CsFormField *field;
  const char  *chosen;

  g_return_if_fail (CS_IS_FORM_ROW (self));

  field = self->field;
  if (is_typed (field))
    {
      write_typed (self, values);
      return;
    }

  if (field->kind == CS_FORM_CHOICES)
    {
      write_checked (self, values);
      return;
    }

  chosen = self->chosen;
  if (field->kind == CS_FORM_SWITCH)
    chosen = adw_switch_row_get_active (ADW_SWITCH_ROW (self->row)) ? "true" : "false";

  if (chosen != NULL)
    json_object_set_string_member (values, field->name, chosen);
}

gboolean
cs_form_row_check (CsFormRow *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *fault = NULL;

  g_return_val_if_fail (CS_IS_FORM_ROW (self), FALSE);

  json_node_take_object (node, json_object_new ());
  cs_form_row_write (self, json_node_get_object (node));
  fault = cs_form_field_check (self->field, json_node_get_object (node));
  say_fault (self, fault);

  return fault == NULL;
}

void
cs_form_row_grab_focus (CsFormRow *self)
{
  g_return_if_fail (CS_IS_FORM_ROW (self));

  gtk_widget_grab_focus (self->row);
}
