/* Text as a literal of PowerShell. */
#ifndef BASE_POWERSHELL_H
#define BASE_POWERSHELL_H

struct buf;

/*
 * Appends TEXT as an expression that has it as its value, in any place of a
 * command: in single quotes, where nothing is expanded. PowerShell takes the
 * typographic quotes U+2018 to U+201B for the same, so that they are doubled,
 * too. What nobody can see, or what acts on a terminal, is written by its
 * number: ('a'+[char]0x202E+'b').
 */
void powershell_quote(struct buf *out, const char *text);

#endif
