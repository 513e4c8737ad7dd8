/*
 * The one escape for cells of a workbook (ECMA-376, part 1, 22.4.2.4): what XML
 * cannot hold is _xHHHH_, and so is the underscore of a text that reads so.
 */
#ifndef REPORT_XLSX_CELL_TEXT_H
#define REPORT_XLSX_CELL_TEXT_H

struct buf;

/* A cell's most, for Excel and for libxlsxwriter: in characters. */
enum { CELL_MOST = 32767 };

enum cell_cut { CELL_WHOLE, CELL_CUT };

/*
 * Appends TEXT; what is longer than a cell can hold is cut, and ends in words
 * that say so.
 */
enum cell_cut cell_put_text(struct buf *out, const char *text);

#endif
