/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "cs-error.h"
#include "cs-folder-store.h"

/* What a cell of a workbook may hold
 * (https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3)
 */
#define LONGEST_CELL 32767
#define MOST_ROWS    1048576

/* Texts are texts there, never formulas, so that nothing has to be guarded */
static void
write_cell (lxw_worksheet     *sheet,
            guint              y,
            guint              x,
            const CsSheetCell *cell)
{
  g_autofree char *text = g_utf8_strlen (cell->text, -1) > LONGEST_CELL ? g_utf8_substring (cell->text, 0, LONGEST_CELL) : NULL;

  if (cell->is_number)
    worksheet_write_number (sheet, y, x, g_ascii_strtod (cell->text, NULL), NULL);
  else if (cell->text[0] != '\0')
    worksheet_write_string (sheet, y, x, text != NULL ? text : cell->text, NULL);
}

gboolean
cs_folder_write_workbook (const char *path,
                          GPtrArray  *rows,
                          GError    **error)
{
  g_autofree char     *unfinished = g_strconcat (path, ".part", NULL);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook        *book = workbook_new_opt (unfinished, &options);
  lxw_worksheet       *sheet = book != NULL ? workbook_add_worksheet (book, NULL) : NULL;

  for (guint y = 0; sheet != NULL && y < rows->len && y < MOST_ROWS; y++)
    {
      GPtrArray *row = rows->pdata[y];

      for (guint x = 0; x < row->len; x++)
        write_cell (sheet, y, x, row->pdata[x]);
    }

  if (book != NULL && workbook_close (book) == LXW_NO_ERROR && g_rename (unfinished, path) == 0)
    return TRUE;

  g_unlink (unfinished);
  g_set_error (error, CS_ERROR, CS_ERROR_LATER, _("The workbook “%s” cannot be written. Make room, or close it where it is open."), path);

  return FALSE;
}
