# syncscope. The two commands that users need: make demo, make test.
PREFIX  = /usr/local
VERSION = 0.1.0
PKGS    = libcjson popt libcrypto
CFLAGS  = -O2 -g
WARN    = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
          -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2 -Wundef
B       = build$(if $(SAN),-san)
-include config.mk

override CPPFLAGS += -I. -I$B -D_GNU_SOURCE -DVERSION='"$(VERSION)"' \
                     $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LDLIBS  += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -lunistring
override CFLAGS += -std=c11 $(WARN)
ifdef SAN
override CFLAGS  += -fsanitize=address,undefined -fno-sanitize-recover=all
override LDFLAGS += -fsanitize=address,undefined
endif
ifdef FUZZING
override CFLAGS += -fsanitize=fuzzer-no-link
endif

SRC  = $(wildcard base/*.c collect/*.c analyze/*.c analyze/rules/*.c report/*.c)
OBJ  = $(SRC:%.c=$B/%.o)

all: $B/syncscope

$B/syncscope: $B/main.o $(OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The style sheet goes into the program as bytes: #include "report/html.css.inc".
$B/report/format_html.o: $B/report/html.css.inc
$B/%.inc: %
	@mkdir -p $(@D)
	od -v -An -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@

clean:
	rm -rf build build-*

.PHONY: all clean
.SECONDARY:
-include $(OBJ:.o=.d) $B/main.d
