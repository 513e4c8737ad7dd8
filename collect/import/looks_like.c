/* Files that are no text, and UTF-16 that does not say so. */
#include "collect/import/looks_like.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

/* Bytes and how many: some have NULs among them. */
#define BYTES(text) (text), sizeof(text) - 1

#define WANT_CSV "save the sheet as \"CSV UTF-8\" and import that"
#define WANT_DATA "want the export itself, as LDIF, CSV or JSON"
#define WANT_UNPACKED "unpack it and import what is in it"
#define WANT_DECRYPTED "decrypt it and import what is in it"

/* WITHIN tells files of one family apart, as Office's zip archives. */
static const struct {
	const char *magic;
	size_t len;
	size_t offset;
	const char *within;
	size_t within_len;
	const char *what;
} looks[] = {
	{ BYTES("PK\3\4"), 0, BYTES("xl/wor"),
	  "is an Excel workbook; " WANT_CSV },
	{ BYTES("PK\3\4"), 0, BYTES("opendocument.spreadsheet"),
	  "is an OpenDocument spreadsheet; " WANT_CSV },
	{ BYTES("PK\3\4"), 0, BYTES("word/"),
	  "is a Word document; " WANT_DATA },
	{ BYTES("PK\3\4"), 0, BYTES("ppt/pres"),
	  "is a PowerPoint presentation; " WANT_DATA },
	{ BYTES("PK\3\4"), 0, BYTES("mimetypeapplication/vnd.oasis"),
	  "is an OpenDocument file; " WANT_DATA },
	{ BYTES("PK\3\4"), 0, BYTES("[Content_Types].xml"),
	  "is an Office document; " WANT_CSV },
	{ BYTES("PK\3\4"), 0, NULL, 0,
	  "is a zip archive; " WANT_UNPACKED },
	{ BYTES("PK\5\6"), 0, NULL, 0,
	  "is a zip archive with nothing in it; " WANT_DATA },
	{ BYTES("\xd0\xcf\x11\xe0"), 0, BYTES("W\0o\0r\0k\0b\0o\0o\0k\0"),
	  "is an old Excel workbook; " WANT_CSV },
	{ BYTES("\xd0\xcf\x11\xe0"), 0,
	  BYTES("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
	  "is an Office document with a password; " WANT_CSV },
	{ BYTES("\xd0\xcf\x11\xe0"), 0, NULL, 0,
	  "is an old Office document; " WANT_CSV },
	{ BYTES("%PDF-"), 0, NULL, 0, "is a PDF; " WANT_DATA },
	{ BYTES("{\\rtf"), 0, NULL, 0,
	  "is a rich text document (RTF); " WANT_DATA },
	{ BYTES("!BDN"), 0, NULL, 0,
	  "is an Outlook data file (PST) with mail; " WANT_DATA },
	{ BYTES("ElfFile\0"), 0, NULL, 0,
	  "is a Windows event log; " WANT_DATA },
	{ BYTES("\xef\xcd\xab\x89"), 4, NULL, 0,
	  "is an ESE database such as ntds.dit, which holds password hashes; "
	  "want an export: run ldifde -f ad.ldif on a domain controller" },
	{ BYTES("regf"), 0, NULL, 0, "is a registry hive; " WANT_DATA },
	{ BYTES("-----BEGIN PGP"), 0, NULL, 0,
	  "is encrypted with OpenPGP; " WANT_DECRYPTED },
	{ BYTES("\x8c\x0d\x04"), 0, NULL, 0,
	  "is encrypted with GPG; " WANT_DECRYPTED },
	{ BYTES("age-encryption.org/"), 0, NULL, 0,
	  "is encrypted with age; " WANT_DECRYPTED },
	{ BYTES("-----BEGIN AGE"), 0, NULL, 0,
	  "is encrypted with age; " WANT_DECRYPTED },
	{ BYTES("Salted__"), 0, NULL, 0,
	  "is encrypted with OpenSSL; " WANT_DECRYPTED },
	{ BYTES("-----BEGIN "), 0, BYTES("PRIVATE KEY-----"),
	  "is a private key, which no one should send around; " WANT_DATA },
	{ BYTES("-----BEGIN "), 0, NULL, 0,
	  "is a certificate or the like; " WANT_DATA },
	{ BYTES("\x1f\x8b"), 0, NULL, 0,
	  "is compressed with gzip; " WANT_UNPACKED },
	{ BYTES("\x28\xb5\x2f\xfd"), 0, NULL, 0,
	  "is compressed with zstd; " WANT_UNPACKED },
	{ BYTES("\xfd" "7zXZ"), 0, NULL, 0,
	  "is compressed with xz; " WANT_UNPACKED },
	{ BYTES("BZh"), 0, NULL, 0,
	  "is compressed with bzip2; " WANT_UNPACKED },
	{ BYTES("ustar"), 257, NULL, 0,
	  "is a tar archive; " WANT_UNPACKED },
	{ BYTES("7z\xbc\xaf\x27\x1c"), 0, NULL, 0,
	  "is a 7z archive; " WANT_UNPACKED },
	{ BYTES("Rar!\x1a\x07"), 0, NULL, 0,
	  "is a RAR archive; " WANT_UNPACKED },
	{ BYTES("MSCF\0"), 0, NULL, 0,
	  "is a cabinet archive; " WANT_UNPACKED },
	{ BYTES("SQLite format 3"), 0, NULL, 0,
	  "is an SQLite database; " WANT_DATA },
	{ BYTES("Standard Jet DB"), 4, NULL, 0,
	  "is an Access database; " WANT_DATA },
	{ BYTES("Standard ACE DB"), 4, NULL, 0,
	  "is an Access database; " WANT_DATA },
	{ BYTES("PAR1"), 0, NULL, 0, "is a Parquet file; " WANT_DATA },
	{ BYTES("MZ"), 0, BYTES("PE\0\0"),
	  "is a program of Windows; " WANT_DATA },
	{ BYTES("\x7f" "ELF"), 0, NULL, 0, "is a program; " WANT_DATA },
	{ BYTES("L\0\0\0\x01\x14\x02\0"), 0, NULL, 0,
	  "is a shortcut of Windows; want the file that it leads to" },
	{ BYTES("\x89PNG"), 0, NULL, 0, "is a picture; " WANT_DATA },
	{ BYTES("\xff\xd8\xff"), 0, NULL, 0, "is a picture; " WANT_DATA },
	{ BYTES("GIF8"), 0, NULL, 0, "is a picture; " WANT_DATA },
	{ BYTES("\xff\xfe\0\0"), 0, NULL, 0,
	  "is UTF-32; save it as UTF-8 and import that" },
};

/* RFC 4880, 5.1: a packet of old format with a session key, version 3. */
static bool
is_openpgp(const char *data, size_t len)
{
	return len > 3 && (data[0] == '\x84' || data[0] == '\x85') &&
	       data[data[0] == '\x85' ? 3 : 2] == 3;
}

/* Disks that filled up leave files of the right size with nothing in them. */
static bool
is_nothing(const char *data, size_t len)
{
	size_t i = 0;

	while (i < len && !data[i])
		i++;
	return i == len;
}

char *
looks_like_bytes(const char *data, size_t len)
{
	if (len && is_nothing(data, len))
		return xstrdup("begins with nothing but NUL bytes: its content "
		               "is lost; copy or export it again");
	if (is_openpgp(data, len))
		return xstrdup("is encrypted with OpenPGP; " WANT_DECRYPTED);
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		if (len >= looks[i].offset + looks[i].len &&
		    memcmp(data + looks[i].offset, looks[i].magic,
		           looks[i].len) == 0 &&
		    (!looks[i].within || memmem(data, len, looks[i].within,
		                                looks[i].within_len)))
			return xstrdup(looks[i].what);
	return NULL;
}

const char *
looks_like_utf16(const char *data, size_t len)
{
	if (len < 4)
		return NULL;
	if (isprint((unsigned char)data[0]) && !data[1] &&
	    isprint((unsigned char)data[2]) && !data[3])
		return "UTF-16LE";
	if (!data[0] && isprint((unsigned char)data[1]) &&
	    !data[2] && isprint((unsigned char)data[3]))
		return "UTF-16BE";
	return NULL;
}
