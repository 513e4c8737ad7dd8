/* The style sheet and the script, as they stand in page.css and page.js. */
#ifndef REPORT_PAGE_ASSETS_H
#define REPORT_PAGE_ASSETS_H

#include <stddef.h>

extern const char page_css[], page_js[];
extern const size_t page_css_len, page_js_len;

#endif
