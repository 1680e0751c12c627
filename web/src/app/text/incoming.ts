/** Files that come by drop or paste, folders with all that is in them. */

/** What the system puts into every folder is no document. */
const NOT_DOCUMENTS = /^(?:\..*|thumbs\.db|desktop\.ini)$/i;

export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") === true;
}

/** Every file of a drop; folders are walked in the order of their names. Must be called within the event. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const found = items.map((item): Promise<File[]> => {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    return entry === null || entry.isFile ? Promise.resolve(file === null ? [] : [file]) : walk(entry);
  });
  return documentsOf((await Promise.all(found)).flat());
}

/** Without what no person put there. */
export function documentsOf(files: Iterable<File>): File[] {
  return [...files].filter(({ name }) => !NOT_DOCUMENTS.test(name));
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); })];
  const entries = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
  entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const files: File[] = [];
  for (const inner of entries) files.push(...await walk(inner));
  return files;
}

/** A directory gives its entries a hundred at a time. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
