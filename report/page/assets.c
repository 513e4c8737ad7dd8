/* The Makefile makes bytes of them. */
#include "report/page/assets.h"

const char page_css[] = {
#include "report/page/page.css.inc"
};

const size_t page_css_len = sizeof(page_css);

const char page_js[] = {
#include "report/page/page.js.inc"
};

const size_t page_js_len = sizeof(page_js);
