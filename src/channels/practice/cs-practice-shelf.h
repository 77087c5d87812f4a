/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-error.h"

G_BEGIN_DECLS

/* What the practice shop keeps, in a folder of its own: products/ID.json and
 * pictures/HASH. A change is on disk before it is answered. Everything here
 * blocks and may be called from any thread.
 *
 * A product is an object with "id", "version", "state" ("draft", "live",
 * "withdrawn") and what was sent: "key", "sku", "title", "description",
 * "bullets", "keywords", "price": {"amount", "currency"}, "stock", "brand",
 * "material", "size", "category", "attributes", "variants", "labels",
 * "pictures": [{"id", "alt"}].
 */
typedef struct _CsPracticeShelf CsPracticeShelf;

CsPracticeShelf *cs_practice_shelf_new (const char *folder);
CsPracticeShelf *cs_practice_shelf_ref (CsPracticeShelf *self);
void             cs_practice_shelf_unref (CsPracticeShelf *self);
gboolean         cs_practice_shelf_open (CsPracticeShelf *self,
                                         GError         **error);

char     *cs_practice_shelf_add_picture (CsPracticeShelf *self,
                                         GBytes          *bytes,
                                         GError         **error);
GBytes   *cs_practice_shelf_get_picture (CsPracticeShelf *self,
                                         const char      *id,
                                         const char     **mime);
/* CS_ERROR_CONFLICT where another product has the key or the SKU */
JsonNode *cs_practice_shelf_add (CsPracticeShelf *self,
                                 JsonObject      *content,
                                 GError         **error);
JsonNode *cs_practice_shelf_replace (CsPracticeShelf *self,
                                     gint64           id,
                                     JsonObject      *content,
                                     GError         **error);
/* Only the members that content has */
JsonNode *cs_practice_shelf_change (CsPracticeShelf *self,
                                    gint64           id,
                                    JsonObject      *content,
                                    GError         **error);
JsonNode *cs_practice_shelf_set_state (CsPracticeShelf *self,
                                       gint64           id,
                                       const char      *state,
                                       GError         **error);
JsonNode *cs_practice_shelf_get (CsPracticeShelf *self,
                                 gint64           id,
                                 GError         **error);
/* Products that have the key or the SKU, in an array */
JsonNode *cs_practice_shelf_find (CsPracticeShelf *self,
                                  const char      *key,
                                  const char      *sku,
                                  GError         **error);
/* A page of at most most, newest first, of those with an id below before (0 for
 * all); next is what to give as before to go on, or 0
 */
JsonNode *cs_practice_shelf_list (CsPracticeShelf *self,
                                  gint64           before,
                                  guint            most,
                                  gboolean         live_only,
                                  gint64          *next,
                                  GError         **error);
guint     cs_practice_shelf_count_live (CsPracticeShelf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPracticeShelf, cs_practice_shelf_unref)

G_END_DECLS
