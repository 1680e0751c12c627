/** What is used of Tesseract's WebAssembly build, which brings no types. */

declare module "tesseract.js-core/tesseract-core-simd-lstm.js" {
  interface TessBaseAPI {
    /** 0 if it worked. Engine mode 1 is the neural one. */
    Init(dataPath: null, language: string, engineMode: number): number;
    SetVariable(name: string, value: string): boolean;
    /** Takes the picture in the file `/input`, turned clockwise by `angle` radians; 0 if it worked. */
    SetImageFile(orientation: number, angle: number): number;
    FindLines(): number;
    /** How much the lines climb, in radians; after FindLines. */
    GetGradient(): number;
    Recognize(monitor: null): number;
    /** A row for each block, paragraph, line and word: level, five numbers, left, top, width, height, confidence, text. */
    GetTSVText(page: number): string;
    MeanTextConf(): number;
  }

  interface TesseractModule {
    readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
    readonly TessBaseAPI: new () => TessBaseAPI;
  }

  interface Options {
    readonly locateFile: (name: string) => string;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }

  export default function createTesseract(options: Options): Promise<TesseractModule>;
}
