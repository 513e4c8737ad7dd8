/* A flag in words, of any language that Windows and Excel have. */
#ifndef COLLECT_IMPORT_VALUE_FLAG_H
#define COLLECT_IMPORT_VALUE_FLAG_H

enum value_flag { FLAG_NOT, FLAG_TRUE, FLAG_FALSE };

/* TEXT has no blanks at its ends. */
enum value_flag value_flag(const char *text);

#endif
