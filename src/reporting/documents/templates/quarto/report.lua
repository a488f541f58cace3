-- Replaces a document by what was made for the format at hand. It comes as raw blocks of formats
-- of their own, holding JSON: nothing before this filter can read them as markup.

local formats = { html = "html", typst = "typst", docx = "docx", openxml = "docx" }
local wanted = formats[FORMAT:match("^%a+")]

-- Any other format would have none of it: an empty page or slide, and no word of it.
local function refuse()
  error("报告只能生成 html、typst（PDF）、docx，不能生成 " .. FORMAT .. "；幻灯片请用 make report FORMATS=pptx。", 0)
end

local function made(document)
  local found = {}
  document:walk {
    RawBlock = function(block)
      if wanted == nil and block.format:match("^reporting%-") then
        refuse()
      elseif block.format == "reporting-" .. (wanted or "") then
        table.insert(found, table.concat(pandoc.json.decode(block.text, false)))
      end
    end,
  }
  return found
end

local function blocks(content)
  if wanted == "docx" then
    return pandoc.read(content, "json").blocks
  end
  return { pandoc.RawBlock(wanted, content) }
end

function Pandoc(document)
  local found = made(document)
  if #found == 0 then
    return nil
  end
  local body = pandoc.List()
  for _, content in ipairs(found) do
    body:extend(blocks(content))
  end
  document.blocks = body
  if wanted == "docx" then
    -- Word would show every setting of the project among the document's properties.
    document.meta = {}
  end
  return document
end
