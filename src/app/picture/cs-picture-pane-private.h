/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-compare-view.h"
#include "cs-picture-background.h"
#include "cs-picture-maker.h"
#include "cs-picture-pane.h"
#include "cs-picture-parts.h"
#include "cs-picture-sliders.h"
#include "cs-receipt-badge.h"

G_BEGIN_DECLS

typedef enum
{
  CS_PANE_ORIGINAL,
  CS_PANE_SUGGESTION,
  CS_PANE_N_PICTURES
} CsPanePicture;

struct _CsPicturePane
{
  AdwBin parent_instance;

  CsReviewSheet *sheet;
  guint          photo;
  CsReviewItem  *item;                       /* the picture's, or NULL */
  char          *hashes[CS_PANE_N_PICTURES]; /* what is shown or on its way */
  guint          stamps[CS_PANE_N_PICTURES];

  CsPictureRecipe *recipe;
  CsPictureMaker  *maker;
  char            *base;       /* the recipe of what is suggested, as it was loaded */
  gint64           loaded;     /* the suggestion that base and the receipt's geometry are of; 0 for none */
  gboolean         is_touched; /* the recipe is on its way to something else */
  gboolean         previews;   /* what is shown is a preview */
  char            *failed;     /* the recipe that could not be made */
  guint            errands;    /* under way, for all photos or with a file */

  char    *changes_of; /* hash of the picture whose changes are shown or on their way */
  guint    changes_stamp;
  gboolean is_marked; /* the key that shows them is held */

  /* Template */
  GtkWidget           *stage;
  CsCompareView       *compare;
  CsReceiptBadge      *badge;
  GtkWidget           *legend;
  GtkLabel            *position;
  GtkWidget           *stepper;
  GtkWidget           *previous;
  GtkWidget           *next;
  GtkLabel            *zoom;
  GtkWidget           *why_row;
  GtkLabel            *why;
  GtkWidget           *trouble_row;
  GtkLabel            *trouble;
  GtkWidget           *try_again;
  GtkWidget           *no_model;
  GtkWidget           *decided;
  CsPictureSliders    *sliders;
  GtkWidget           *tools;
  CsPictureBackground *background;
  GtkWidget           *scene;
  CsPictureParts      *parts;
  GtkWidget           *spinner;
  GtkLabel            *words;
};

/* cs-picture-pane.c */
CsSuggestion *cs_picture_pane_get_suggestion (CsPicturePane *self);
void          cs_picture_pane_update (CsPicturePane *self);
void          cs_picture_pane_update_work (CsPicturePane *self);

/* cs-picture-recipes.c: what the hand on the controls comes to */
void cs_picture_pane_begin_recipes (CsPicturePane *self);
void cs_picture_pane_load_recipe (CsPicturePane *self,
                                  gboolean       again);
void cs_picture_pane_leave_recipe (CsPicturePane *self);
void cs_picture_pane_say_trouble (CsPicturePane *self,
                                  const char    *sentence,
                                  const char    *settings);

/* cs-picture-errands.c: what takes a dialog, or more than this one picture */
void cs_picture_pane_choose_backdrop (CsPicturePane *self);
void cs_picture_pane_save_receipt (CsPicturePane *self);

G_END_DECLS
