/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-film-strip.h"

struct _CsFilmStrip
{
  AdwBin parent_instance;

  CsReviewQueue *queue;
  gint64         current;

  /* Template */
  GtkListView        *list;
  GtkSingleSelection *selection;
  GtkLabel           *progress;
  GtkProgressBar     *bar;
};

G_DEFINE_FINAL_TYPE (CsFilmStrip, cs_film_strip, ADW_TYPE_BIN)

typedef enum
{
  PROP_QUEUE = 1,
} CsFilmStripProperty;

static GParamSpec *properties[PROP_QUEUE + 1];

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
chosen_cb (CsFilmStrip *self,
           guint        position)
{
  g_autoptr (CsRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, cs_row_item_get_id (item));
}

/* What a screen reader says of a picture in the strip */
static char *
describe (gpointer    object,
          const char *title,
          gboolean    done)
{
  const char *name = title != NULL ? title : _("Product");

  return done ? g_strdup_printf (_("%s, reviewed"), name) : g_strdup (name);
}

static void
select_current (CsFilmStrip *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->queue != NULL && !cs_id_list_find (cs_review_queue_get_list (self->queue), self->current, &position))
    position = GTK_INVALID_LIST_POSITION;
  if (position == gtk_single_selection_get_selected (self->selection))
    return;

  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_NONE, NULL);
}

/* Takes up what the queue says now */
static void
update (CsFilmStrip *self)
{
  g_autofree char *progress = NULL;
  guint            n_done;
  guint            n_left;

  select_current (self);
  if (self->queue == NULL)
    return;

  progress = cs_review_queue_dup_progress (self->queue);
  n_done = cs_review_queue_get_n_done (self->queue);
  n_left = cs_review_queue_get_n_left (self->queue);
  gtk_label_set_label (self->progress, progress);
  gtk_progress_bar_set_fraction (self->bar, n_done + n_left > 0 ? (double) n_done / (n_done + n_left) : 0);
}

static void
set_queue (CsFilmStrip   *self,
           CsReviewQueue *queue)
{
  if (!g_set_object (&self->queue, queue))
    return;

  if (queue == NULL)
    return;

  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (cs_review_queue_get_list (queue)));
  g_signal_connect_object (queue, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
cs_film_strip_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch ((CsFilmStripProperty) prop_id)
    {
    case PROP_QUEUE:
      set_queue (CS_FILM_STRIP (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_film_strip_dispose (GObject *object)
{
  CsFilmStrip *self = CS_FILM_STRIP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_FILM_STRIP);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (cs_film_strip_parent_class)->dispose (object);
}

static void
cs_film_strip_class_init (CsFilmStripClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_film_strip_dispose;
  object_class->set_property = cs_film_strip_set_property;

  properties[PROP_QUEUE] =
    g_param_spec_object ("queue", NULL, NULL, CS_TYPE_REVIEW_QUEUE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[CHOSEN] = g_signal_new ("chosen", CS_TYPE_FILM_STRIP, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (CS_TYPE_ROW_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, CS_RESOURCE_PATH "/cs-film-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFilmStrip, list);
  gtk_widget_class_bind_template_child (widget_class, CsFilmStrip, selection);
  gtk_widget_class_bind_template_child (widget_class, CsFilmStrip, progress);
  gtk_widget_class_bind_template_child (widget_class, CsFilmStrip, bar);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe);
}

static void
cs_film_strip_init (CsFilmStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_film_strip_set_current (CsFilmStrip *self,
                           gint64       product)
{
  g_return_if_fail (CS_IS_FILM_STRIP (self));

  self->current = product;
  update (self);
}
