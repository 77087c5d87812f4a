/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-request.h"
#include "cs-sheet.h"

G_BEGIN_DECLS

/* A package on disk: "listings" holds what was signed, byte for byte, under its
 * key, "pictures" the files, "withdrawn" what was taken back. The tables, the
 * workbook and the page are made from these and may be made again at any time.
 * Everything here blocks: for a thread.
 */
/* Answers a request as a shop would: PUT and DELETE of a listing, PUT of a
 * picture, PATCH of price and stock, GET of one ("listings/KEY") or of a page
 * ("listings?after=KEY"). NULL with CS_ERROR_LATER where the folder cannot be
 * used now, CS_ERROR_REFUSED where the request is none of these.
 */
CsReply *cs_folder_store_answer (const char *folder,
                                 CsRequest  *request,
                                 GError    **error);
/* Makes the tables, the workbook and the page, where something has changed since they were made */
gboolean cs_folder_store_finish (const char    *folder,
                                 const CsSheet *sheet,
                                 const char    *shop,
                                 GError       **error);

/* cs-folder-page.c, cs-folder-workbook.c. listings: (element-type CsListing). */
gboolean cs_folder_write_page (const char    *path,
                               const CsSheet *sheet,
                               const char    *shop,
                               GPtrArray     *listings,
                               GError       **error);
gboolean cs_folder_write_workbook (const char *path,
                                   GPtrArray  *rows,
                                   GError    **error);

G_END_DECLS
