/**
 * Numbers of the ELF file format: Tool Interface Standard, Executable and Linking Format
 * specification 1.2 (1995), and RISC-V ELF psABI, chapter 8. Octet layouts are in the comments.
 */

export const MAGIC = [0x7f, 0x45, 0x4c, 0x46] as const;
export const CLASS_32 = 1;
export const DATA_LITTLE = 1;
export const TYPE_EXECUTABLE = 2;
export const MACHINE_RISCV = 243;

/** ELF header: e_type at 16, e_machine 18, e_entry 24, e_phoff 28, e_shoff 32, e_phnum 44 … */
export const HEADER_OCTETS = 52;
/** Program header: p_type, p_offset, p_vaddr, p_paddr, p_filesz, p_memsz, p_flags, p_align. */
export const PROGRAM_OCTETS = 32;
/** Section header: name, type, flags, addr, offset, size, link, info, addralign, entsize. */
export const SECTION_OCTETS = 40;
/** Symbol: st_name, st_value, st_size (u32 each), st_info, st_other (u8), st_shndx (u16). */
export const SYMBOL_OCTETS = 16;

export const PROGRAM_LOAD = 1;
export const PROGRAM_DYNAMIC = 2;
export const PROGRAM_INTERPRETER = 3;

export const FLAG_EXECUTE = 1;
export const FLAG_WRITE = 2;
export const FLAG_READ = 4;

export const SECTION_PROGBITS = 1;
export const SECTION_SYMBOLS = 2;
export const SECTION_STRINGS = 3;
export const SECTION_NOBITS = 8;

export const SECTION_WRITE = 1;
export const SECTION_ALLOCATED = 2;
export const SECTION_CODE = 4;

export const INDEX_UNDEFINED = 0;
export const INDEX_ABSOLUTE = 0xfff1;

export const BIND_GLOBAL = 1;
export const BIND_WEAK = 2;
export const SYMBOL_OBJECT = 1;
export const SYMBOL_FUNCTION = 2;
export const SYMBOL_SECTION = 3;
export const SYMBOL_FILE = 4;
