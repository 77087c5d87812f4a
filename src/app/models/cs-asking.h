/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "cs-desk.h"

G_BEGIN_DECLS

/* What a plan comes to, in a sentence */
char      *cs_asking_dup_estimate (CsSendPlan *plan);
/* Asks a model about products, from anywhere in the window: looks what would be
 * sent, has the person agree where that is due, sends it, and says what came of
 * it. Nothing is asked where nothing would leave the program. settings: see
 * cs_engines_ask(); NULL: who paints is told which scene by the person. Resolves to true where it was asked.
 */
DexFuture *cs_asking_begin (GtkWidget  *widget,
                            CsDesk     *desk,
                            const char *engine,
                            GArray     *products,
                            const char *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Goes on with what is left over. Resolves to true where it was asked. */
DexFuture *cs_asking_go_on (GtkWidget *widget,
                            CsDesk    *desk) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
