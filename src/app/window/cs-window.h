/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-application.h"

G_BEGIN_DECLS

#define CS_TYPE_WINDOW (cs_window_get_type ())

/**
 * CsWindow:
 *
 * The one window. What stands in it may activate, with
 * gtk_widget_activate_action():
 * "window.toast" (s): a sentence for the seller, plain text
 * "window.toast-to-page" (sss): a sentence, a button and the page it leads to
 * "window.show-page" (s): "products", "review", "ready" or "published"
 * "win.models": the models
 * "window.models" (s): those that write ("writing"), paint ("scenes") or cut out ("cutout")
 * "win.sent": what was sent to them
 * "window.left-over" (s): why one was not asked about all, or ""
 * "window.show-product" (x): opens a product
 * "window.review-product" (x): opens the review at a product
 * "shop.add": a shop is added
 * "shop.show" (x): an account's page; the practice shop in the browser
 * "shop.sign-in" (x): asks for an account's keys again
 * "shop.pull" (x): reads what is in an account's shop
 * "shop.open" (x): opens an account's shop in the browser
 * "shop.open-listing" (x): opens an outbox entry's listing in the browser
 */
G_DECLARE_FINAL_TYPE (CsWindow, cs_window, CS, WINDOW, AdwApplicationWindow)

CsWindow *cs_window_new (CsApplication *application,
                         CsDesk        *desk,
                         const GError  *error);
void      cs_window_import (CsWindow  *self,
                            GPtrArray *files);

/* A toast with a button of its own, from anywhere in the window (transfer full) */
void cs_window_add_toast (GtkWidget *widget,
                          AdwToast  *toast);
/* Once a page is read: gives it the focus where nothing else took it meanwhile */
void cs_window_settle_focus (GtkWidget *page);
/* Says an error to the seller from anywhere in the window; being stopped is none */
void cs_window_report (GtkWidget    *widget,
                       const GError *error);

G_END_DECLS
