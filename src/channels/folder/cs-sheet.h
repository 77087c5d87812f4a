/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-listing.h"

G_BEGIN_DECLS

/* The table that a marketplace's own import page takes, as data
 * (data/sheets/sheets.json). What has variants takes several rows, laid out as
 * that marketplace wants: "single" one row for all, "repeat" the product again
 * for each variant, "rows" the product once and what differs below it, "parent" a
 * row of its own for the product.
 */
typedef struct _CsSheet CsSheet;

typedef struct
{
  char    *text;
  gboolean is_number; /* as a spreadsheet's number: price, stock */
} CsSheetCell;

/* NULL where there is no such table. Lives as long as the program. */
const CsSheet *cs_sheet_find (const char *id);
const char    *cs_sheet_get_title (const CsSheet *self);
/* Name of its files without an ending */
const char    *cs_sheet_get_file (const CsSheet *self);
/* "csv", or "txt" where the marketplace wants tabs */
const char    *cs_sheet_get_extension (const CsSheet *self);
/* What to do with the package, in order, in the person's language */
char         **cs_sheet_dup_steps (const CsSheet *self);
/* Canonical JSON of what pictures it wants, for an account's profile */
char          *cs_sheet_dup_profile (const CsSheet *self);
/* The most bytes that a picture may have, or 0 */
gsize          cs_sheet_get_picture_bytes (const CsSheet *self);
/* Adds a sentence for each limit that the listing is beyond */
void           cs_sheet_check (const CsSheet *self,
                               CsListing     *listing,
                               GPtrArray     *findings);
/* The rows above the data, each an array of CsSheetCell */
GPtrArray     *cs_sheet_make_head (const CsSheet *self);
/* The listing's rows */
GPtrArray     *cs_sheet_make_rows (const CsSheet *self,
                                   CsListing     *listing);
/* Rows as the bytes of a file: separated, quoted, in the sheet's encoding; cells
 * that a spreadsheet would run as a formula are written so that it does not. Sets
 * CS_ERROR_REFUSED where a character has no place in that encoding.
 */
GBytes        *cs_sheet_to_bytes (const CsSheet *self,
                                  GPtrArray     *rows,
                                  GError       **error);

G_END_DECLS
