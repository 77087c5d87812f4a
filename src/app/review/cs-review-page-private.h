/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ask-button.h"
#include "cs-brush-view.h"
#include "cs-field-row.h"
#include "cs-film-strip.h"
#include "cs-key-button.h"
#include "cs-picture-pane.h"
#include "cs-review-cache.h"
#include "cs-review-line.h"
#include "cs-review-page.h"

G_BEGIN_DECLS

struct _CsReviewPage
{
  AdwNavigationPage parent_instance;

  CsDesk        *desk;
  CsReviewCache *cache;
  CsReviewQueue *queue;
  CsReviewLine  *line;
  CsReviewSheet *sheet;   /* on the table, or NULL */
  CsReviewItem  *planned; /* lit up when the line is done; NULL where that is not known */
  gint64         brushed; /* the photo that was last under the brush */
  gint64         shown_at;
  guint          burst;
  AdwToast      *toast; /* the last one, to be replaced by the next */

  GtkEventController *root_keys;
  GPtrArray          *watched; /* of CsDrafting: models that write about what lies on the table */
  guint               drafting_tick;

  guint               held_key;
  gboolean            is_repeat;

  /* Template */
  GtkStack       *stack;
  AdwStatusPage  *empty;
  AdwStatusPage  *failed;
  GtkWidget      *to_ready;
  GtkWidget      *to_products;
  AdwWindowTitle *heading;
  GtkStack       *pictures; /* the two of them, or the brush */
  CsPicturePane  *picture;
  CsBrushView    *brush;
  GtkWidget      *side;
  GtkListBox     *fields;
  GtkWidget      *origin;
  CsFilmStrip    *strip;
  GtkWidget      *bar;
  CsKeyButton    *reject;
  CsAskButton    *ask;
};

/* cs-review-page.c: what is seen */
void          cs_review_page_lay_out (CsReviewPage  *self,
                                      CsReviewSheet *sheet,
                                      CsReviewItem  *focus);
void          cs_review_page_clear (CsReviewPage *self);
void          cs_review_page_fail (CsReviewPage *self,
                                   const GError *error);
void          cs_review_page_focus_item (CsReviewPage *self,
                                         CsReviewItem *item);
CsReviewItem *cs_review_page_get_target (CsReviewPage *self);
CsFieldRow   *cs_review_page_get_row (CsReviewPage *self,
                                      CsReviewItem *item);
void          cs_review_page_say (CsReviewPage *self,
                                  const char   *sentence,
                                  gboolean      is_toast);

/* cs-review-actions.c: what can be done, and when */
void cs_review_actions_install (GtkWidgetClass *widget_class);
void cs_review_page_update_actions (CsReviewPage *self);

/* cs-review-keys.c: what each key does, and when it does not */
void cs_review_keys_install (GtkWidgetClass *widget_class);
void cs_review_keys_attach (CsReviewPage *self);

/* cs-review-pictures.c: looking at pictures, and having several made alike */
void cs_review_pictures_install (GtkWidgetClass *widget_class);
void cs_review_pictures_update (CsReviewPage *self);

/* cs-review-brush.c: a photo under the brush */
void     cs_review_brush_install (GtkWidgetClass *widget_class);
void     cs_review_brush_update (CsReviewPage *self);
gboolean cs_review_brush_is_on (CsReviewPage *self);
void     cs_review_brush_leave (CsReviewPage *self);

/* cs-review-asking.c: models that are asked, and what they write meanwhile */
void cs_review_asking_install (GtkWidgetClass *widget_class);
void cs_review_asking_set_desk (CsReviewPage *self);
void cs_review_asking_update (CsReviewPage *self);
void cs_review_asking_clear (CsReviewPage *self);

/* cs-review-steps.c: what is done, one after the other */
void cs_review_page_decide (CsReviewPage *self,
                            CsReviewItem *item,
                            CsVerdict     verdict,
                            const char   *value);
void cs_review_page_accept_all (CsReviewPage *self);
void cs_review_page_undo (CsReviewPage *self);
void cs_review_page_go_to (CsReviewPage *self,
                           gint64        product);
void cs_review_page_step (CsReviewPage *self,
                          int           step);
void cs_review_page_begin (CsReviewPage *self);
void cs_review_page_answer (CsReviewPage *self,
                            CsReviewItem *item,
                            const char   *answer);

G_END_DECLS
