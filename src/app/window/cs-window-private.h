/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-left-over-bar.h"
#include "cs-window.h"

G_BEGIN_DECLS

struct _CsWindow
{
  AdwApplicationWindow parent_instance;

  CsDesk     *desk;     /* NULL where the library could not be opened */
  GListStore *accounts; /* of CsAccountItem */
  GListModel *jobs;
  guint       counts[CS_N_STAGES];
  guint       counting; /* source of a count to come */
  guint       offering; /* source of a look for a model server */
  gboolean    has_jobs;

  /* Template */
  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  AdwStatusPage          *trouble;
  AdwNavigationSplitView *split;
  AdwNavigationView      *navigation;
  GtkListBox             *pages;
  GtkListBox             *job_list;
  GtkListBox             *narrow_job_list;
  GtkRevealer            *drop_hint;
  CsLeftOverBar          *left_over;
};

/* cs-window-import.c: dropping, pasting, choosing, and what came of it */
void cs_window_class_init_import (GtkWidgetClass *widget_class);
void cs_window_init_import (CsWindow *self);

/* cs-window-help.c: shortcuts, about */
void cs_window_class_init_help (GtkWidgetClass *widget_class);

/* cs-window-shops.c: adding, looking at, opening */
void cs_window_class_init_shops (GtkWidgetClass *widget_class);

/* cs-window-offer.c: a model server on this computer is told of once */
void cs_window_offer_model (CsWindow *self);

G_END_DECLS
