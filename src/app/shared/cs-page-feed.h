/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

#define CS_TYPE_PAGE_FEED (cs_page_feed_get_type ())

/**
 * CsPageFeed:
 *
 * When a page reads what it shows: at once when it is told to, a moment after
 * the last change while it is looked at, so that a hundred changes are read
 * once, and as soon as it is looked at where something changed meanwhile. An
 * answer that was overtaken is dropped. A first reading that fails stands in
 * the page's own place, a later one is said in passing.
 */
G_DECLARE_FINAL_TYPE (CsPageFeed, cs_page_feed, CS, PAGE_FEED, GObject)

/**
 * CsPageFeedFuncs:
 * @ask: a future for what the page shows; anew where it is asked because
 *   something changed, and not by the page itself
 * @take: what it resolved to
 * @update: the state or the trouble is another
 */
typedef struct
{
  DexFuture *(*ask) (GtkWidget *page,
                     gboolean   anew);
  void (*take) (GtkWidget    *page,
                const GValue *answer);
  void (*update) (GtkWidget *page);
} CsPageFeedFuncs;

/* page: not owned; it closes the feed in its dispose. funcs: static */
CsPageFeed *cs_page_feed_new (GtkWidget             *page,
                              const CsPageFeedFuncs *funcs);
void        cs_page_feed_close (CsPageFeed *self);
void        cs_page_feed_read (CsPageFeed *self);
/* The same; resolves to true once it is shown */
DexFuture  *cs_page_feed_wait (CsPageFeed *self) G_GNUC_WARN_UNUSED_RESULT;
/* Once more, after it failed */
void        cs_page_feed_retry (CsPageFeed *self);
/* Something changed: read soon, or when it is looked at */
void        cs_page_feed_tell (CsPageFeed *self);
/* Where nobody looks, what is shown is marked as old and TRUE comes back */
gboolean    cs_page_feed_defer (CsPageFeed *self);
/* "loading" or "failed", or NULL once the first answer is there */
const char *cs_page_feed_get_wait (CsPageFeed *self);
gboolean    cs_page_feed_is_answered (CsPageFeed *self);
/* Why the first reading failed, as markup, or NULL */
const char *cs_page_feed_get_trouble (CsPageFeed *self);

G_END_DECLS
