/* Runs a fuzzer's function over files, where there is no libFuzzer. */
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		struct buf text = { 0 };
		struct err err;

		if (file_read(argv[i], &text, &err) < 0) {
			printf("not ok %d - %s\n", i, err.text);
			return 1;
		}
		LLVMFuzzerTestOneInput((const uint8_t *)buf_text(&text),
		                       text.len);
		printf("ok %d - %s\n", i, argv[i]);
		buf_release(&text);
	}
	return 0;
}
