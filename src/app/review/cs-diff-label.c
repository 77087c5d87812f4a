/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "cs-diff-label.h"

struct _CsDiffLabel
{
  GtkWidget parent_instance;

  char        *before;
  char        *after;
  CsDiffSide   side;
  CsDiffLayout layout_kind;
  CsEvidence  *evidence;

  CsDiffText  *text;
  GArray      *marks;
  GArray      *pointed; /* phrases that are highlighted, guint */
  int          under_pointer;
  PangoLayout *layout; /* made when first needed, dropped when anything changes */
};

G_DEFINE_FINAL_TYPE (CsDiffLabel, cs_diff_label, GTK_TYPE_WIDGET)

enum
{
  POINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const CsDiffPalette *
get_palette (void)
{
  return cs_diff_palette_get (adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static PangoLayout *
ensure_layout (CsDiffLabel *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text != NULL ? self->text->shown : "");
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  if (self->text != NULL)
    {
      attributes = cs_diff_attributes (self->marks, self->text, get_palette ());
      pango_layout_set_attributes (self->layout, attributes);
    }

  return self->layout;
}

static void
drop_layout (CsDiffLabel *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static GtkSizeRequestMode
cs_diff_label_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_diff_label_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  CsDiffLabel *self = CS_DIFF_LABEL (widget);
  g_autoptr (PangoLayout) layout = pango_layout_copy (ensure_layout (self));
  int width;
  int height;

  pango_layout_set_width (layout, orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 ? for_size * PANGO_SCALE : -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (width, 60);
      *natural = width;
    }
  else
    {
      *minimum = *natural = height;
    }
}

static void
cs_diff_label_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  pango_layout_set_width (ensure_layout (CS_DIFF_LABEL (widget)), width * PANGO_SCALE);
}

/* Calls for each line's piece of the bytes [start, end) of what is shown */
static void
foreach_piece (PangoLayout *layout,
               guint        start,
               guint        end,
               void (*func) (const graphene_rect_t *piece,
                             gpointer               data),
               gpointer data)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle   extents;
      g_autofree int  *ranges = NULL;
      int              n_ranges;
      guint            from = MAX (start, (guint) pango_layout_line_get_start_index (line));
      guint            to = MIN (end, (guint) (pango_layout_line_get_start_index (line) + pango_layout_line_get_length (line)));

      if (from >= to)
        continue;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      pango_layout_line_get_x_ranges (line, from, to, &ranges, &n_ranges);
      for (int i = 0; i < n_ranges; i++)
        func (&GRAPHENE_RECT_INIT (ranges[2 * i] / (float) PANGO_SCALE,
                                   extents.y / (float) PANGO_SCALE,
                                   (ranges[2 * i + 1] - ranges[2 * i]) / (float) PANGO_SCALE,
                                   extents.height / (float) PANGO_SCALE),
              data);
    }
  while (pango_layout_iter_next_line (iter));
}

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA      color;
  gboolean     outline;
} Brush;

static void
paint_piece (const graphene_rect_t *piece,
             gpointer               data)
{
  Brush          *brush = data;
  GskRoundedRect  rounded;
  graphene_rect_t box;

  graphene_rect_inset_r (piece, -1, 0, &box);
  gsk_rounded_rect_init_from_rect (&rounded, &box, 4);
  if (brush->outline)
    {
      gtk_snapshot_append_border (brush->snapshot, &rounded,
                                  (float[4]) { 2, 2, 2, 2 },
                                  (GdkRGBA[4]) { brush->color, brush->color, brush->color, brush->color });
      return;
    }

  gtk_snapshot_push_rounded_clip (brush->snapshot, &rounded);
  gtk_snapshot_append_color (brush->snapshot, &brush->color, &box);
  gtk_snapshot_pop (brush->snapshot);
}

static void
paint_range (CsDiffLabel *self,
             guint        start,
             guint        end,
             Brush       *brush)
{
  foreach_piece (self->layout,
                 cs_diff_text_to_shown (self->text, start),
                 cs_diff_text_to_shown (self->text, end),
                 paint_piece, brush);
}

static const CsPhrase *
get_phrase (CsDiffLabel *self,
            guint        phrase)
{
  if (self->evidence == NULL || self->evidence->phrases == NULL || self->text == NULL ||
      phrase >= self->evidence->phrases->len)
    return NULL;

  return g_ptr_array_index (self->evidence->phrases, phrase);
}

static void
paint_pointed (CsDiffLabel *self,
               GtkSnapshot *snapshot)
{
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  Brush fill = { snapshot, *accent, FALSE };
  Brush edge = { snapshot, *accent, TRUE };

  fill.color.alpha = 0.22;
  for (guint i = 0; i < self->pointed->len; i++)
    {
      const CsPhrase *phrase = get_phrase (self, g_array_index (self->pointed, guint, i));

      if (phrase == NULL)
        continue;

      paint_range (self, phrase->start, phrase->end, &fill);
      paint_range (self, phrase->start, phrase->end, &edge);
    }
}

static void
cs_diff_label_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CsDiffLabel         *self = CS_DIFF_LABEL (widget);
  const CsDiffPalette *palette = get_palette ();
  GdkRGBA              color;

  if (self->text == NULL)
    return;

  ensure_layout (self);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const CsDiffMark *mark = &g_array_index (self->marks, CsDiffMark, i);
      Brush             brush = { snapshot, palette->marks[mark->kind].paper, FALSE };

      paint_range (self, mark->start, mark->end, &brush);
    }
  paint_pointed (self, snapshot);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
}

static int
find_phrase_at (CsDiffLabel *self,
                double       x,
                double       y)
{
  int   index;
  int   trailing;
  guint offset;

  if (self->evidence == NULL || self->evidence->phrases == NULL || self->text == NULL ||
      !pango_layout_xy_to_index (ensure_layout (self), x * PANGO_SCALE, y * PANGO_SCALE, &index, &trailing))
    return -1;

  offset = cs_diff_text_to_source (self->text, index);
  for (guint i = 0; i < self->evidence->phrases->len; i++)
    {
      const CsPhrase *phrase = get_phrase (self, i);

      if (phrase->start <= offset && offset < phrase->end && phrase->state != CS_PHRASE_GLUE)
        return i;
    }

  return -1;
}

static void
set_under_pointer (CsDiffLabel *self,
                   int          phrase)
{
  if (self->under_pointer == phrase)
    return;

  self->under_pointer = phrase;
  g_signal_emit (self, signals[POINTED], 0, phrase);
}

static void
moved_cb (CsDiffLabel *self,
          double       x,
          double       y)
{
  set_under_pointer (self, find_phrase_at (self, x, y));
}

static void
left_cb (CsDiffLabel *self)
{
  set_under_pointer (self, -1);
}

static void
cs_diff_label_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cs_diff_label_parent_class)->css_changed (widget, change);
  drop_layout (CS_DIFF_LABEL (widget));
}

static void
cs_diff_label_dispose (GObject *object)
{
  CsDiffLabel *self = CS_DIFF_LABEL (object);

  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->after, g_free);
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  g_clear_pointer (&self->text, cs_diff_text_free);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->pointed, g_array_unref);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (cs_diff_label_parent_class)->dispose (object);
}

static void
cs_diff_label_class_init (CsDiffLabelClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cs_diff_label_dispose;
  widget_class->get_request_mode = cs_diff_label_get_request_mode;
  widget_class->measure = cs_diff_label_measure;
  widget_class->size_allocate = cs_diff_label_size_allocate;
  widget_class->snapshot = cs_diff_label_snapshot;
  widget_class->css_changed = cs_diff_label_css_changed;

  signals[POINTED] = g_signal_new ("pointed", CS_TYPE_DIFF_LABEL, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "difflabel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
cs_diff_label_init (CsDiffLabel *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  AdwStyleManager    *style = adw_style_manager_get_default ();

  self->under_pointer = -1;
  self->marks = g_array_new (FALSE, FALSE, sizeof (CsDiffMark));
  self->pointed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (drop_layout), self, G_CONNECT_SWAPPED);
}

static void
update_accessible (CsDiffLabel *self)
{
  g_autofree char *speech = cs_diff_to_speech (self->before, self->after);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->text->shown,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  speech != NULL && self->side == CS_DIFF_SIDE_AFTER ? speech : "",
                                  -1);
}

/**
 * cs_diff_label_set_text:
 * @before: (nullable): the earlier text
 * @after: (nullable): the later one
 * @side: which of the two is shown
 * @evidence: (nullable): where the phrases of @after come from
 */
void
cs_diff_label_set_text (CsDiffLabel *self,
                        const char  *before,
                        const char  *after,
                        CsDiffSide   side,
                        CsDiffLayout layout,
                        CsEvidence  *evidence)
{
  g_return_if_fail (CS_IS_DIFF_LABEL (self));

  if (self->text != NULL && self->side == side && self->layout_kind == layout && self->evidence == evidence &&
      g_strcmp0 (self->before, before) == 0 && g_strcmp0 (self->after, after) == 0)
    return;

  g_set_str (&self->before, before);
  g_set_str (&self->after, after);
  self->side = side;
  self->layout_kind = layout;
  if (evidence != NULL)
    cs_evidence_ref (evidence);
  g_clear_pointer (&self->evidence, cs_evidence_unref);
  self->evidence = evidence;

  g_clear_pointer (&self->text, cs_diff_text_free);
  g_clear_pointer (&self->marks, g_array_unref);
  self->text = cs_diff_text_new (side == CS_DIFF_SIDE_BEFORE ? before : after, layout);
  self->marks = cs_diff_marks (before, after, side, evidence);
  g_array_set_size (self->pointed, 0);
  self->under_pointer = -1;
  drop_layout (self);
  update_accessible (self);
}

/* phrases: (element-type guint) or NULL */
void
cs_diff_label_set_pointed (CsDiffLabel *self,
                           GArray      *phrases)
{
  g_return_if_fail (CS_IS_DIFF_LABEL (self));

  g_array_set_size (self->pointed, 0);
  if (phrases != NULL)
    g_array_append_vals (self->pointed, phrases->data, phrases->len);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
unite_piece (const graphene_rect_t *piece,
             gpointer               data)
{
  graphene_rect_t *all = data;

  if (all->size.height > 0)
    graphene_rect_union (all, piece, all);
  else
    *all = *piece;
}

/* Where a phrase stands in the label; FALSE where it is not shown */
gboolean
cs_diff_label_get_phrase (CsDiffLabel  *self,
                          guint         phrase,
                          GdkRectangle *place)
{
  const CsPhrase *found;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  g_return_val_if_fail (CS_IS_DIFF_LABEL (self), FALSE);

  if (!(found = get_phrase (self, phrase)))
    return FALSE;

  foreach_piece (ensure_layout (self),
                 cs_diff_text_to_shown (self->text, found->start),
                 cs_diff_text_to_shown (self->text, found->end),
                 unite_piece, &all);
  *place = (GdkRectangle) { all.origin.x, all.origin.y, all.size.width, all.size.height };

  return all.size.height > 0;
}
