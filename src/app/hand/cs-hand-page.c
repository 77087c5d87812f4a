/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-engines.h"
#include "cs-fiber.h"
#include "cs-hand-edit.h"
#include "cs-hand-item.h"
#include "cs-hand-page.h"
#include "cs-hand-row.h"
#include "cs-page-feed.h"
#include "cs-text.h"
#include "cs-window.h"

#define MAX_EXAMPLES 30
#define MAX_GLANCE   160

struct _CsHandPage
{
  AdwNavigationPage parent_instance;

  CsDesk     *desk;
  CsEngines  *engines;
  CsPageFeed *feed;
  CsHand     *hand; /* as shown, or NULL */
  guint       saving;
  GListStore *lists[CS_HAND_EXAMPLE + 1]; /* of CsHandItem; offers stand among the pinned ones */

  /* Template */
  GtkListBox  *pinned;
  GtkListBox  *never;
  GtkListBox  *order;
  GtkListBox  *examples;
  GtkEditable *pinned_entry;
  GtkEditable *never_entry;
  GtkEditable *tone_entry;
};

G_DEFINE_FINAL_TYPE (CsHandPage, cs_hand_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_DESK = 1,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_IN_USE,
  PROP_LEARNING,
  PROP_ORDER_LEARNED,
  PROP_ORDER_SET,
  PROP_HAS_EXAMPLES,
} CsHandPageProperty;

static GParamSpec *properties[PROP_HAS_EXAMPLES + 1];

static void
update (CsHandPage *self)
{
  for (guint i = PROP_STATE; i <= PROP_HAS_EXAMPLES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* Showing */

/* Rows stay what they are, so that the focus does not lose its place */
static void
show_items (GListStore *list,
            GPtrArray  *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint first = 0;
  guint last = 0;

  while (first < MIN (n, items->len))
    {
      g_autoptr (CsHandItem) item = g_list_model_get_item (G_LIST_MODEL (list), first);

      if (!cs_hand_item_equal (item, items->pdata[first]))
        break;
      first++;
    }

  while (last < MIN (n, items->len) - first)
    {
      g_autoptr (CsHandItem) item = g_list_model_get_item (G_LIST_MODEL (list), n - 1 - last);

      if (!cs_hand_item_equal (item, items->pdata[items->len - 1 - last]))
        break;
      last++;
    }

  if (n - first - last > 0 || items->len - first - last > 0)
    g_list_store_splice (list, first, n - first - last, items->pdata + first, items->len - first - last);
}

static void
show_words (CsHandPage *self)
{
  g_autoptr (GPtrArray) pinned = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) never = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->hand->pinned[i] != NULL; i++)
    g_ptr_array_add (pinned, cs_hand_item_new (CS_HAND_PINNED, self->hand->pinned[i], self->hand->pinned[i], NULL, FALSE));

  for (guint i = 0; self->hand->learned[i] != NULL; i++)
    {
      const char *mark = self->hand->learned[i];

      if (g_str_has_prefix (mark, "offer:"))
        g_ptr_array_add (pinned, cs_hand_item_new (CS_HAND_OFFER, mark + strlen ("offer:"), mark + strlen ("offer:"),
                                                   _ ("You often add it to titles. It stands there by itself once you pin it."), FALSE));
    }

  for (guint i = 0; self->hand->never[i] != NULL; i++)
    {
      g_autofree char *mark = cs_hand_dup_mark ("never", self->hand->never[i]);

      g_ptr_array_add (never, cs_hand_item_new (CS_HAND_NEVER, self->hand->never[i], self->hand->never[i], NULL,
                                                cs_hand_is_learned (self->hand, mark)));
    }

  show_items (self->lists[CS_HAND_PINNED], pinned);
  show_items (self->lists[CS_HAND_NEVER], never);
  gtk_widget_set_visible (GTK_WIDGET (self->pinned), pinned->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->never), never->len > 0);
}

static void
show_order (CsHandPage *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) order = cs_hand_edit_dup_order (self->hand);
  guint n;

  for (guint i = 0; order[i] != NULL; i++)
    {
      if (cs_hand_get_role_label (order[i]) != NULL)
        g_ptr_array_add (items, cs_hand_item_new (CS_HAND_ORDER, order[i], cs_hand_get_role_label (order[i]), NULL, FALSE));
    }

  show_items (self->lists[CS_HAND_ORDER], items);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->lists[CS_HAND_ORDER]));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CsHandItem) item = g_list_model_get_item (G_LIST_MODEL (self->lists[CS_HAND_ORDER]), i);

      cs_hand_item_set_place (item, i == 0, i + 1 == n);
    }
}

/* A list on one line, and no more than can be taken in */
static char *
dup_glance (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *line = g_strjoinv (" · ", lines);

  return cs_text_ellipsize (line, MAX_GLANCE);
}

static char *
dup_origin (CsLesson *lesson)
{
  const char      *field = cs_field_get_label (lesson->field);
  g_autofree char *suggested = NULL;

  if (lesson->suggested == NULL)
    return g_strdup (field);

  if (g_strcmp0 (lesson->suggested, lesson->decided) == 0)
    /* Translators: which text, for example "Title" */
    return g_strdup_printf (_ ("%s, as it was suggested"), field);

  suggested = dup_glance (lesson->suggested);

  /* Translators: which text, for example "Title", and what the suggestion was */
  return g_strdup_printf (_ ("%s; suggested was: %s"), field, suggested);
}

static void
show_examples (CsHandPage *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->hand->examples != NULL && i < self->hand->examples->len && items->len < MAX_EXAMPLES; i++)
    {
      CsLesson        *lesson = self->hand->examples->pdata[i];
      g_autofree char *glance = NULL;
      g_autofree char *words = NULL;

      /* How somebody writes is seen in these */
      if (lesson->field != CS_FIELD_TITLE && lesson->field != CS_FIELD_DESCRIPTION && lesson->field != CS_FIELD_BULLETS)
        continue;

      glance = dup_glance (lesson->decided);
      words = dup_origin (lesson);
      g_ptr_array_add (items, cs_hand_item_new (CS_HAND_EXAMPLE, lesson->decided, glance, words, FALSE));
    }

  show_items (self->lists[CS_HAND_EXAMPLE], items);
}

static void
show_hand (CsHandPage *self,
           CsHand     *hand)
{
  cs_hand_ref (hand);
  g_clear_pointer (&self->hand, cs_hand_unref);
  self->hand = hand;
  show_words (self);
  show_order (self);
  show_examples (self);
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->tone_entry))))
    gtk_editable_set_text (self->tone_entry, hand->tone != NULL ? hand->tone : "");
  update (self);
}

/* Reading */

static DexFuture *
ask (GtkWidget *page,
     gboolean   anew)
{
  return cs_engines_get_hand (CS_HAND_PAGE (page)->engines);
}

static void
take (GtkWidget    *page,
      const GValue *answer)
{
  CsHandPage *self = CS_HAND_PAGE (page);

  /* What is being kept is newer than what was read */
  if (self->saving == 0)
    show_hand (self, g_value_get_boxed (answer));
}

static void
update_page (GtkWidget *page)
{
  update (CS_HAND_PAGE (page));
}

static const CsPageFeedFuncs funcs = { ask, take, update_page };

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cs_page_feed_retry (CS_HAND_PAGE (widget)->feed);
}

/* Changing */

typedef struct
{
  CsHandPage *page;
  CsEngines  *engines;
  CsHand     *hand;
} Task;

static void
task_free (Task *task)
{
  g_clear_object (&task->page);
  g_clear_object (&task->engines);
  g_clear_pointer (&task->hand, cs_hand_unref);
  g_free (task);
}

static DexFuture *
save_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (cs_engines_set_hand (task->engines, task->hand), &error))
    cs_window_report (GTK_WIDGET (task->page), error);

  /* What follows from it is learned anew; where it was not kept, what was stands again */
  if (--task->page->saving == 0 && task->page->feed != NULL)
    cs_page_feed_read (task->page->feed);

  return dex_future_new_true ();
}

/* A copy to be changed, with its examples */
static CsHand *
dup_hand (CsHandPage *self)
{
  CsHand *copy = cs_hand_copy (self->hand);

  copy->examples = self->hand->examples != NULL ? g_ptr_array_ref (self->hand->examples) : NULL;

  return copy;
}

/* Shown at once, and kept. Takes hand. */
static void
save (CsHandPage *self,
      CsHand     *hand)
{
  Task *task = g_new0 (Task, 1);

  task->page = g_object_ref (self);
  task->engines = g_object_ref (self->engines);
  task->hand = hand;
  self->saving++;
  show_hand (self, hand);
  dex_future_disown (cs_fiber_spawn (save_fiber, task, (GDestroyNotify) task_free));
}

/* One word, or several with commas between them */
static void
enter (CsHandPage *self,
       GtkEditable *entry,
       void (*put) (CsHand     *hand,
                    const char *word))
{
  g_autoptr (GString) text = g_string_new (gtk_editable_get_text (entry));
  g_auto (GStrv) words = NULL;
  CsHand *hand;

  if (self->hand == NULL)
    return;

  g_string_replace (text, "，", ",", 0);
  g_string_replace (text, "、", ",", 0);
  words = g_strsplit (text->str, ",", -1);
  hand = dup_hand (self);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*g_strstrip (words[i]) != '\0')
        put (hand, words[i]);
    }

  gtk_editable_set_text (entry, "");
  save (self, hand);
}

static void
pinned_entered (CsHandPage *self)
{
  enter (self, self->pinned_entry, cs_hand_edit_pin);
}

static void
never_entered (CsHandPage *self)
{
  enter (self, self->never_entry, cs_hand_edit_ban);
}

static void
tone_entered (CsHandPage *self)
{
  g_autofree char *tone = g_strstrip (g_strdup (gtk_editable_get_text (self->tone_entry)));
  CsHand          *hand;

  if (self->hand == NULL)
    return;

  hand = dup_hand (self);
  g_set_str (&hand->tone, *tone != '\0' ? tone : NULL);
  save (self, hand);
}

/* Where there is nothing left in a list, the focus goes where words are added */
static void
focus_list (CsHandPage *self,
            GtkListBox *list,
            guint       position,
            GtkWidget  *otherwise)
{
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (list == self->pinned ? self->lists[CS_HAND_PINNED] : self->lists[CS_HAND_NEVER]));
  GtkListBoxRow *row = n > 0 ? gtk_list_box_get_row_at_index (list, MIN (position, n - 1)) : NULL;

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : otherwise);
}

static guint
find_position (CsHandPage *self,
               CsHandPart  part,
               const char *word)
{
  GListModel *list = G_LIST_MODEL (self->lists[part]);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CsHandItem) item = g_list_model_get_item (list, i);

      if (g_strcmp0 (cs_hand_item_get_word (item), word) == 0)
        return i;
    }

  return 0;
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CsHandPage *self = CS_HAND_PAGE (widget);
  const char *word;
  int         part;
  guint       position;
  CsHand     *hand;

  g_variant_get (parameter, "(i&s)", &part, &word);
  if (self->hand == NULL)
    return;

  hand = dup_hand (self);
  position = find_position (self, part == CS_HAND_NEVER ? CS_HAND_NEVER : CS_HAND_PINNED, word);
  cs_hand_edit_take_out (hand, part, word);
  save (self, hand);
  if (part == CS_HAND_NEVER)
    focus_list (self, self->never, position, GTK_WIDGET (self->never_entry));
  else
    focus_list (self, self->pinned, position, GTK_WIDGET (self->pinned_entry));
}

static void
pin_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CsHandPage *self = CS_HAND_PAGE (widget);
  const char *word;
  int         part;
  CsHand     *hand;

  g_variant_get (parameter, "(i&s)", &part, &word);
  if (self->hand == NULL)
    return;

  hand = dup_hand (self);
  cs_hand_edit_pin (hand, word);
  save (self, hand);
  focus_list (self, self->pinned, find_position (self, CS_HAND_PINNED, word), GTK_WIDGET (self->pinned_entry));
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CsHandPage *self = CS_HAND_PAGE (widget);
  gboolean    rise = g_str_equal (action_name, "hand.rise");
  const char *word;
  int         part;
  int         at;
  g_autoptr (CsHand) hand = NULL;

  g_variant_get (parameter, "(i&s)", &part, &word);
  if (self->hand == NULL || part != CS_HAND_ORDER)
    return;

  hand = dup_hand (self);
  if ((at = cs_hand_edit_move (hand, word, rise)) == -1)
    return;

  save (self, g_steal_pointer (&hand));
  cs_hand_row_grab_button (CS_HAND_ROW (gtk_list_box_get_row_at_index (self->order, at)), rise);
}

static void
usual_order_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  CsHandPage *self = CS_HAND_PAGE (widget);
  CsHand     *hand;

  if (self->hand == NULL)
    return;

  hand = dup_hand (self);
  cs_hand_edit_reset_order (hand);
  save (self, hand);
  gtk_widget_child_focus (GTK_WIDGET (self->order), GTK_DIR_TAB_FORWARD);
}

/* The class */

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  return cs_hand_row_new (item);
}

static gboolean
get_switch (CsHandPage        *self,
            CsHandPageProperty property)
{
  if (self->hand == NULL)
    return property == PROP_IN_USE || property == PROP_LEARNING;

  switch ((int) property)
    {
    case PROP_IN_USE:
      return !self->hand->off;

    case PROP_LEARNING:
      return !self->hand->learning_off;

    case PROP_ORDER_LEARNED:
      return self->hand->order[0] != NULL && cs_hand_is_learned (self->hand, "order");

    case PROP_ORDER_SET:
      return self->hand->order[0] != NULL;

    default:
      return g_list_model_get_n_items (G_LIST_MODEL (self->lists[CS_HAND_EXAMPLE])) > 0;
    }
}

static void
cs_hand_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CsHandPage *self = CS_HAND_PAGE (object);
  const char *wait = self->feed != NULL ? cs_page_feed_get_wait (self->feed) : "loading";

  switch ((CsHandPageProperty) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_STATE:
      g_value_set_string (value, wait != NULL ? wait : "list");
      break;

    case PROP_TROUBLE:
      g_value_set_string (value, self->feed != NULL ? cs_page_feed_get_trouble (self->feed) : NULL);
      break;

    case PROP_IN_USE:
    case PROP_LEARNING:
    case PROP_ORDER_LEARNED:
    case PROP_ORDER_SET:
    case PROP_HAS_EXAMPLES:
      g_value_set_boolean (value, get_switch (self, prop_id));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_switch (CsHandPage        *self,
            CsHandPageProperty property,
            gboolean           on)
{
  CsHand *hand;

  if (self->hand == NULL || get_switch (self, property) == on)
    return;

  hand = dup_hand (self);
  if (property == PROP_IN_USE)
    hand->off = !on;
  else
    hand->learning_off = !on;
  save (self, hand);
}

static void
cs_hand_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CsHandPage *self = CS_HAND_PAGE (object);

  if (prop_id == PROP_DESK)
    g_set_object (&self->desk, g_value_get_object (value));
  else if (prop_id == PROP_IN_USE || prop_id == PROP_LEARNING)
    set_switch (self, prop_id, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cs_hand_page_constructed (GObject *object)
{
  CsHandPage *self = CS_HAND_PAGE (object);

  G_OBJECT_CLASS (cs_hand_page_parent_class)->constructed (object);

  if (self->desk == NULL)
    return;

  g_set_object (&self->engines, cs_desk_get_engines (self->desk));
  self->feed = cs_page_feed_new (GTK_WIDGET (self), &funcs);
  g_signal_connect_object (self->engines, "changed", G_CALLBACK (cs_page_feed_tell), self->feed, G_CONNECT_SWAPPED);
  /* What is decided elsewhere is learned from: read when it is looked at again */
  g_signal_connect_object (self, "showing", G_CALLBACK (cs_page_feed_tell), self->feed, G_CONNECT_SWAPPED);
  cs_page_feed_read (self->feed);
}

static void
cs_hand_page_dispose (GObject *object)
{
  CsHandPage *self = CS_HAND_PAGE (object);
  GtkListBox *boxes[] = { self->pinned, self->never, self->order, self->examples };

  if (self->feed != NULL)
    cs_page_feed_close (self->feed);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      if (boxes[i] != NULL)
        gtk_list_box_bind_model (boxes[i], NULL, NULL, NULL, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_HAND_PAGE);
  g_clear_object (&self->feed);
  g_clear_object (&self->engines);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->hand, cs_hand_unref);
  for (guint i = 0; i <= CS_HAND_EXAMPLE; i++)
    g_clear_object (&self->lists[i]);

  G_OBJECT_CLASS (cs_hand_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const struct
  {
    CsHandPageProperty property;
    const char        *name;
    GParamFlags        flags;
  } switches[] = {
    { PROP_IN_USE, "in-use", G_PARAM_READWRITE },
    { PROP_LEARNING, "learning", G_PARAM_READWRITE },
    { PROP_ORDER_LEARNED, "order-learned", G_PARAM_READABLE },
    { PROP_ORDER_SET, "order-set", G_PARAM_READABLE },
    { PROP_HAS_EXAMPLES, "has-examples", G_PARAM_READABLE },
  };
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, CS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, told);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, told);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    properties[switches[i].property] =
      g_param_spec_boolean (switches[i].name, NULL, NULL, FALSE,
                            switches[i].flags | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_hand_page_class_init (CsHandPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cs_hand_page_constructed;
  object_class->dispose = cs_hand_page_dispose;
  object_class->get_property = cs_hand_page_get_property;
  object_class->set_property = cs_hand_page_set_property;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-hand-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, pinned);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, never);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, order);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, examples);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, pinned_entry);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, never_entry);
  gtk_widget_class_bind_template_child (widget_class, CsHandPage, tone_entry);
  gtk_widget_class_bind_template_callback (widget_class, pinned_entered);
  gtk_widget_class_bind_template_callback (widget_class, never_entered);
  gtk_widget_class_bind_template_callback (widget_class, tone_entered);
  gtk_widget_class_install_action (widget_class, "hand.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "hand.remove", "(is)", remove_action);
  gtk_widget_class_install_action (widget_class, "hand.pin", "(is)", pin_action);
  gtk_widget_class_install_action (widget_class, "hand.rise", "(is)", move_action);
  gtk_widget_class_install_action (widget_class, "hand.sink", "(is)", move_action);
  gtk_widget_class_install_action (widget_class, "hand.usual-order", NULL, usual_order_action);
}

static void
cs_hand_page_init (CsHandPage *self)
{
  for (guint i = 0; i <= CS_HAND_EXAMPLE; i++)
    self->lists[i] = g_list_store_new (CS_TYPE_HAND_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->pinned, G_LIST_MODEL (self->lists[CS_HAND_PINNED]), make_row, NULL, NULL);
  gtk_list_box_bind_model (self->never, G_LIST_MODEL (self->lists[CS_HAND_NEVER]), make_row, NULL, NULL);
  gtk_list_box_bind_model (self->order, G_LIST_MODEL (self->lists[CS_HAND_ORDER]), make_row, NULL, NULL);
  gtk_list_box_bind_model (self->examples, G_LIST_MODEL (self->lists[CS_HAND_EXAMPLE]), make_row, NULL, NULL);
}
